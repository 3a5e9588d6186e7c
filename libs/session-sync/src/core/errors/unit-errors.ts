import { SessionSyncError } from './session-sync-error.js';

/** Session state was accessed where no unit of work runs. */
export class NoUnitError extends SessionSyncError {
  readonly code = 'NO_UNIT';
  readonly retryable = false;

  constructor(
    readonly access: string,
    /** What to do about it. */
    hint = 'use it in a handler that takes the session (by a session parameter or property, or by SessionState or the session class injected into its controller), or in sync.run(key, …)',
  ) {
    super(`${access} needs a running unit of work: ${hint}.`);
  }
}

/** A unit runs, but its session isn't open here: constructors, middleware and guards come before it. */
export class SessionNotOpenError extends SessionSyncError {
  readonly code = 'SESSION_NOT_OPEN';
  readonly retryable = false;

  constructor(readonly access: string) {
    super(
      `${access} came before the session was opened: constructors, middleware and guards run earlier. Move it into the handler, or in a guard await sessionSync.open(context) first.`,
    );
  }
}

/** A unit of work was used after its end; nothing of that access was stored. */
export class UnitEndedError extends SessionSyncError {
  readonly code = 'UNIT_ENDED';
  readonly retryable = false;

  constructor(readonly access: string) {
    super(
      `${access} came after the unit of work had ended, so it can't be stored any more. Await the work before the handler returns, or use sync.run(key, …).`,
    );
  }
}

/** An object that was handed out before `reload()` was written to; nothing of that was stored. */
export class AbandonedObjectError extends SessionSyncError {
  readonly code = 'ABANDONED_OBJECT';
  readonly retryable = false;

  constructor(readonly attribute: string) {
    super(
      `An object of attribute "${attribute}" was written to after it had been given up (reload() gives up what was handed out, commit() of a tracker too): take the attribute anew and change that.`,
    );
  }
}
