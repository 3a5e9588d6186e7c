import type { Revision } from '../session/revision.js';
import { SessionSyncError, type SessionSyncErrorDetails } from './session-sync-error.js';

/** A value can't be stored in a session: `path` says where it is, `reason` why. Thrown before anything is sent. */
export class UnsupportedValueError extends SessionSyncError {
  readonly code = 'UNSUPPORTED_VALUE';
  readonly retryable = false;

  constructor(
    /** Where the value is, as it would be written in code: `cart.lines[2].price`. */
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path}: ${reason}`);
  }
}

/** Stored text of an attribute can't be read back: foreign, damaged, or of a class this application doesn't register. */
export class AttributeDecodeError extends SessionSyncError {
  readonly code = 'ATTRIBUTE_DECODE';
  readonly retryable = false;
  /** Revision of the session that it was found in, where that is known. */
  readonly revision: Revision | undefined;

  constructor(
    readonly reason: string,
    /** The attribute; undefined where text is decoded that belongs to none, as in nest-session-sync/core. */
    readonly attribute?: string,
    details: AttributeDecodeDetails = {},
  ) {
    const at = details.revision === undefined ? '' : ` (session at revision ${details.revision})`;
    super(
      `${attribute === undefined ? 'Stored value' : `Stored attribute "${attribute}"`}${at} can't be decoded: ${reason}`,
      details,
    );
    this.revision = details.revision;
  }
}

export interface AttributeDecodeDetails extends SessionSyncErrorDetails {
  readonly revision?: Revision | undefined;
}

/**
 * An attribute is stored under a newer version than this application's session class declares: it can be read here, not
 * changed. Nothing of this unit was stored.
 */
export class AttributeVersionError extends SessionSyncError {
  readonly code = 'ATTRIBUTE_VERSION';
  readonly retryable = false;

  constructor(
    readonly attribute: string,
    /** The version it is stored under. */
    readonly storedVersion: number,
    /** The version that this application declares. */
    readonly ownVersion: number,
  ) {
    super(
      `Attribute "${attribute}" is stored under version ${storedVersion}, this node knows version ${ownVersion} and may only read it; nothing was stored. Let a node with the newer session class serve the request, or update this one.`,
    );
  }
}

/** An immutable attribute, or what was read from a session without a mutable access, was written to. */
export class ImmutableAttributeError extends SessionSyncError {
  readonly code = 'IMMUTABLE_ATTRIBUTE';
  readonly retryable = false;

  constructor(
    readonly what: string,
    readonly hint: string,
  ) {
    super(`${what} is read-only. ${hint}`);
  }
}

/** The session class declares no attribute of this name. */
export class UnknownAttributeError extends SessionSyncError {
  readonly code = 'UNKNOWN_ATTRIBUTE';
  readonly retryable = false;

  constructor(
    readonly attribute: string,
    readonly declared: readonly string[],
  ) {
    super(
      `The session has no attribute "${attribute}". Declared with @SessionAttr are: ${declared.join(', ') || 'none'}.`,
    );
  }
}

/** Options are wrong; every problem found is listed, so that one start shows them all. */
export class InvalidOptionsError extends SessionSyncError {
  readonly code = 'INVALID_OPTIONS';
  readonly retryable = false;

  constructor(
    readonly where: string,
    readonly problems: readonly string[],
  ) {
    super(`${where}: ${problems.length === 1 ? problems[0] : problems.map((problem) => `\n  - ${problem}`).join('')}`);
  }
}

/**
 * A patch doesn't fit the value it is applied to: the value isn't the version the patch was made for.
 *
 * @example
 * applyPatch({ lines: [] }, [{ op: 'delete', path: ['lines', 3] }]); // throws PatchMismatchError
 */
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
