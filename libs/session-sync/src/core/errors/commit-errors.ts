import { SessionSyncError, type SessionSyncErrorDetails } from './session-sync-error.js';

/** Another unit changed the same part of an attribute and no merge policy can decide. Nothing of this unit was stored. */
export class CommitConflictError extends SessionSyncError {
  readonly code = 'COMMIT_CONFLICT';
  readonly retryable = true;

  constructor(
    readonly attribute: string,
    /** Paths that both sides changed, as they would be written in code. */
    readonly paths: readonly string[],
    details?: SessionSyncErrorDetails,
  ) {
    super(
      `Attribute "${attribute}" was changed by another unit at ${paths.join(', ') || 'the same place'}; nothing was stored. Repeat the request on the fresh state, or declare a merge policy for the attribute.`,
      details,
    );
  }
}

/** The session was ended (logout, expiry, new id) before this unit could commit; nothing was stored. */
export class SessionEndedError extends SessionSyncError {
  readonly code = 'SESSION_ENDED';
  readonly retryable = false;

  constructor(readonly reason: string) {
    super(`The session has ended (${reason}); nothing was stored. Begin a new session.`);
  }
}

/**
 * The session would grow past what the store takes in one message or the module allows (`maxSessionBytes`), or one
 * attribute past its own `maxBytes`; refused when the commit is made, nothing was sent.
 */
export class SessionTooLargeError extends SessionSyncError {
  readonly code = 'SESSION_TOO_LARGE';
  readonly retryable = false;

  constructor(
    readonly bytes: number,
    readonly maxBytes: number,
    /** The attribute that is too large by itself; undefined when the session as a whole is. */
    readonly attribute?: string,
  ) {
    const [what, limit] =
      attribute === undefined
        ? ['The session', "the module's maxSessionBytes or the server's max_payload, whichever is smaller"]
        : [`Attribute "${attribute}"`, 'its maxBytes'];
    super(
      `${what} would have ${bytes} bytes, but at most ${maxBytes} can be stored; nothing was sent. Keep large data elsewhere, or raise ${limit}.`,
    );
  }
}
