import { SessionSyncError, type SessionSyncErrorDetails } from './session-sync-error.js';

/** One thing that is wrong with an attribute's value. */
export interface AttributeProblem {
  /** Where, as it would be written in code: `cart.lines[0].qty`. */
  readonly path: string;
  /** What the validator says of it. */
  readonly message: string;
}

/** Most problems that a message lists; all are in `problems`. */
const MAX_TOLD = 10;

/**
 * The attribute's `validate` refuses what the unit made of it, or what merging with another unit's changes gave.
 * Nothing of this unit was stored. Of a secret attribute neither paths nor messages are told.
 */
export class InvalidAttributeError extends SessionSyncError {
  readonly code = 'INVALID_ATTRIBUTE';
  readonly retryable = false;

  constructor(
    readonly attribute: string,
    readonly problems: readonly AttributeProblem[],
    details?: SessionSyncErrorDetails,
  ) {
    const told = problems.slice(0, MAX_TOLD).map(({ path, message }) => `${path}: ${message}`);
    if (problems.length > MAX_TOLD) told.push(`and ${problems.length - MAX_TOLD} more`);
    super(`Attribute "${attribute}" isn't valid; nothing was stored. ${told.join('; ')}`, details);
  }
}

/** The attribute's `compare` threw, or answered neither true nor false; nothing of this unit was stored. */
export class AttributeCompareError extends SessionSyncError {
  readonly code = 'ATTRIBUTE_COMPARE';
  readonly retryable = false;

  constructor(
    readonly attribute: string,
    readonly reason: string,
    details?: SessionSyncErrorDetails,
  ) {
    super(`Attribute "${attribute}" can't be compared: ${reason}; nothing was stored. Correct its compare.`, details);
  }
}
