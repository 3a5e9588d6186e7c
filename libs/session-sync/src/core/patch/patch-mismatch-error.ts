import { SessionSyncError, type SessionSyncErrorDetails } from '../errors/index.js';

/** A patch doesn't fit the value it is applied to: the value isn't the version the patch was made for. */
export class PatchMismatchError extends SessionSyncError {
  readonly code = 'PATCH_MISMATCH';
  readonly retryable = false;

  constructor(
    /** Where it doesn't fit, as it would be written in code. */
    readonly path: string,
    readonly reason: string,
    details?: SessionSyncErrorDetails,
  ) {
    super(`The patch doesn't fit at ${path}: ${reason}. Apply it to the version it was made for.`, details);
  }
}
