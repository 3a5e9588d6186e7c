import type { SessionEnd, SessionRecord } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { AttributeChange } from './attribute-change.js';
import type { Deadline } from './deadline.js';

/** What one unit asks to be stored: all of it or nothing. */
export interface CommitRequest {
  /** The record the unit opened; undefined when nothing was stored then. */
  readonly base: SessionRecord | undefined;
  readonly changes: readonly AttributeChange[];
  /** The session under its former key, when this is its new one: created from that state unless somebody has already. */
  readonly continues: SessionRecord | undefined;
  /** Store something even if nothing changed: it proves that the session is in use, or creates it. */
  readonly isTouch: boolean;
  /** The session ends with this commit. */
  readonly end: SessionEnd | undefined;
  /** … but only if it has expired by then: whoever used it meanwhile has prolonged it. */
  readonly onlyIfExpired: boolean;
  readonly deadline: Deadline;
}

/** Where a commit left the session. */
export interface CommitResult {
  /** The session's key: another one when it had moved to a new id meanwhile. */
  readonly key: SessionKey;
  /** The newest record; undefined when the session has none. */
  readonly record: SessionRecord | undefined;
  /** Whether a message was stored for it. */
  readonly isStored: boolean;
}
