export interface SessionSyncErrorDetails {
  /** The error that led to this one, when there is one. */
  readonly cause?: unknown;
}

/**
 * Base of every error this package throws. Decide by `code` (stable) or by class, never by the message text: the
 * message says what happened, to what, and what to do about it.
 */
export abstract class SessionSyncError extends Error {
  /** Stable identifier of the outcome, listed in docs/errors.md. */
  abstract readonly code: string;
  /** Whether doing the same again, unchanged, may succeed. */
  abstract readonly retryable: boolean;

  constructor(message: string, details: SessionSyncErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
  }
}
