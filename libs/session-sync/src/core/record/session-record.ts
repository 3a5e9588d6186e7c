import type { AttributeName } from '../session/attribute-name.js';
import type { NodeId } from '../session/identity.js';
import type { Epoch, Revision } from '../session/revision.js';
import { versionMark } from './message-body.js';
import type { SeenCommit, SessionEnd, SessionLife, SessionLock } from './session-message.js';
import type { StoredAttribute } from './stored-attribute.js';

/**
 * A session at one revision: what folding its messages gives. Immutable; the next revision is another record that
 * shares the attributes that didn't change.
 */
export interface SessionRecord {
  readonly epoch: Epoch;
  readonly revision: Revision;
  /** Store time of the newest message, epoch milliseconds. */
  readonly storedAt: number;
  /** Body bytes of the newest message. */
  readonly newestBytes: number;
  readonly lock: SessionLock;
  readonly life: SessionLife;
  /** Defined when the session has ended; the attributes are then its final state, if the end carried one. */
  readonly end: SessionEnd | undefined;
  readonly attributes: ReadonlyMap<AttributeName, StoredAttribute>;
  readonly base: RecordBase;
  readonly seen: SeenByNode;
}

/** The snapshot below the newest message, and what came on top of it. */
export interface RecordBase {
  readonly revision: Revision;
  readonly storedAt: number;
  /** How long the store keeps it: what hangs on it can't be read any longer. */
  readonly keepMs: number;
  readonly bytes: number;
  readonly deltas: number;
  readonly deltaBytes: number;
}

/** The last message of each node, complete from a revision on. */
export interface SeenByNode {
  readonly completeFrom: Revision;
  readonly last: ReadonlyMap<NodeId, SeenCommit>;
}

/** When the session expires if nothing more happens, epoch milliseconds of the store's clock. */
export function expiresAt({ storedAt, life }: Pick<SessionRecord, 'storedAt' | 'life'>): number {
  return Math.min(storedAt + life.idleMs, life.absoluteAt);
}

/** What a line of a body has besides name and text: operator, space and line end. */
const LINE_FRAME_BYTES = 3;

/** At most this many bytes a snapshot of these attributes has: exact text may be smaller, never larger. */
export function snapshotBytesAtMost(attributes: ReadonlyMap<AttributeName, StoredAttribute>): number {
  let bytes = 0;
  for (const [name, attribute] of attributes) {
    bytes += name.length + versionMark(attribute.version).length + LINE_FRAME_BYTES + attribute.bytes;
  }
  return bytes;
}
