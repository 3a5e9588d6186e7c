import { SessionSyncError } from './session-sync-error.js';

/**
 * A byte delta can't be applied; nothing was made of it.
 *
 * @example
 * const delta = makeByteDelta(Uint8Array.of(1), Uint8Array.of(2));
 * applyByteDelta(Uint8Array.of(3), delta); // throws ByteDeltaError
 */
export class ByteDeltaError extends SessionSyncError {
  readonly code = 'BYTE_DELTA';
  readonly retryable = false;

  constructor(
    /**
     * `otherBase`: it was made for other bytes than these. `damaged`: it isn't what `makeByteDelta` gave. `tooLarge`:
     * its result would be larger than allowed.
     */
    readonly reason: 'otherBase' | 'damaged' | 'tooLarge',
    readonly detail: string,
  ) {
    super(`The byte delta can't be applied: ${detail}. Get the whole value instead.`);
  }
}
