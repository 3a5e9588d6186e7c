import { SessionSyncError, type SessionSyncErrorDetails } from './session-sync-error.js';

/** The store can't be reached within the deadline; nothing of this unit was stored. */
export class StoreUnavailableError extends SessionSyncError {
  readonly code = 'STORE_UNAVAILABLE';
  readonly retryable = true;

  constructor(
    readonly what: string,
    /** When a caller may try again, in milliseconds from now. @default 1,000 */
    readonly retryAfterMs = 1_000,
    details?: SessionSyncErrorDetails,
  ) {
    super(`The session store is unavailable: ${what}. Try again in ${Math.ceil(retryAfterMs / 1000)} s.`, details);
  }
}

/** A commit was sent but its outcome could not be learnt within the deadline: it may or may not have been stored. */
export class CommitUnknownError extends SessionSyncError {
  readonly code = 'COMMIT_UNKNOWN';
  readonly retryable = false;

  constructor(
    readonly what: string,
    details?: SessionSyncErrorDetails,
  ) {
    super(
      `Whether the commit was stored is unknown: ${what}. Read the session again before repeating what isn't idempotent.`,
      details,
    );
  }
}

/** The store answered with less than this node has already seen of a session: data was lost or an old copy answers. */
export class StoreRegressionError extends SessionSyncError {
  readonly code = 'STORE_REGRESSION';
  readonly retryable = true;

  constructor(readonly what: string) {
    super(`The session store went backwards: ${what}. Nothing older than what was seen is served; check the stream.`);
  }
}

/** A message on a session's subject isn't one of ours, or is of a newer format; it is left as it is. */
export class ForeignRecordError extends SessionSyncError {
  readonly code = 'FOREIGN_RECORD';
  readonly retryable = false;

  constructor(readonly what: string) {
    super(`A record of the session can't be read: ${what}. It was left untouched.`);
  }
}

/** The server lacks something that sessions need, or is known to lose conditional writes. */
export class ServerTooOldError extends SessionSyncError {
  readonly code = 'SERVER_TOO_OLD';
  readonly retryable = false;

  constructor(
    readonly version: string,
    readonly reason: string,
  ) {
    super(`nats-server ${version} can't be used: ${reason}`);
  }
}

/** The embedded nats-server could not be found, installed or started. */
export class EmbeddedServerError extends SessionSyncError {
  readonly code = 'EMBEDDED_SERVER';
  readonly retryable = false;

  constructor(what: string, details?: SessionSyncErrorDetails) {
    super(`The embedded nats-server could not be started: ${what}`, details);
  }
}
