import type { CodecFor } from './fold.js';
import { utf8Length } from '../codec/index.js';
import type { AttributeName } from '../session/attribute-name.js';
import { NOTHING_STORED, type Revision } from '../session/revision.js';
import { formatBody, type BodyLine } from './message-body.js';
import {
  NOMINAL_HEADER_BYTES,
  type CommitId,
  type MessageChain,
  type SeenCommits,
  type SessionLife,
  type SessionMessage,
} from './session-message.js';
import type { SeenByNode, SessionRecord } from './session-record.js';
import type { StoredAttribute } from './stored-attribute.js';

/** A session of at most this many bytes is written whole: one message to read, nothing to fold. */
export const SMALL_SESSION_BYTES = 4096;

/** Deltas on one snapshot; the store takes 1,024 messages, the rest is spare for empty ones. */
export const MAX_DELTAS = 1000;

/** A message to append, and the revision it is meant to follow. */
export interface DraftMessage {
  readonly message: SessionMessage;
  readonly body: string;
  readonly expected: Revision;
}

/**
 * Whether a commit that adds `deltaBytes` of body should write the whole session instead: when that is small, or when
 * the chain would weigh more than its base.
 */
export function isSnapshotCheaper({ base }: SessionRecord, deltaBytes: number, wholeBytes: number): boolean {
  return (
    wholeBytes <= SMALL_SESSION_BYTES ||
    deltaBytes >= wholeBytes ||
    base.deltaBytes + deltaBytes + NOMINAL_HEADER_BYTES > Math.max(base.bytes, SMALL_SESSION_BYTES)
  );
}

/**
 * Whether nothing more may hang on the session's snapshot, not even an empty delta: the chain would grow too long, or
 * the store would drop the snapshot while the session can still live on the new message.
 */
export function isBaseSpent({ base }: SessionRecord, life: SessionLife, storeNow: number): boolean {
  const leftMs = base.storedAt + base.keepMs - storeNow;
  return base.deltas >= MAX_DELTAS || leftMs < 1.5 * life.idleMs;
}

export function composeDelta(
  record: SessionRecord,
  lines: readonly BodyLine[],
  by: CommitId,
  life: SessionLife,
): DraftMessage {
  const body = formatBody(lines);
  const chain: MessageChain = {
    base: record.base.revision,
    deltas: record.base.deltas + 1,
    bytes: record.base.deltaBytes + utf8Length(body) + NOMINAL_HEADER_BYTES,
    previous: record.revision,
  };
  const { epoch, lock } = record;
  const message: SessionMessage = {
    kind: 'delta',
    epoch,
    lock,
    by,
    life,
    chain,
    seen: undefined,
    end: undefined,
    lines,
  };
  return { message, body, expected: record.revision };
}

/** What a message that stands alone is made of. */
export interface WholeMessage extends Pick<SessionMessage, 'epoch' | 'lock' | 'by' | 'life' | 'end'> {
  readonly expected: Revision;
  readonly seen: SeenByNode;
  readonly attributes: ReadonlyMap<AttributeName, StoredAttribute>;
}

export function composeWhole(whole: WholeMessage, codecFor: CodecFor): DraftMessage {
  const lines: BodyLine[] = [];
  for (const [name, attribute] of whole.attributes) {
    const text = attribute.textToKeepBy(codecFor(name));
    if (text !== undefined) lines.push({ op: '=', name, version: attribute.version, text });
  }
  const { epoch, lock, by, life, end, expected } = whole;
  const message: SessionMessage = {
    kind: end === undefined ? 'snapshot' : 'end',
    epoch,
    lock,
    by,
    life,
    chain: { base: NOTHING_STORED, deltas: 0, bytes: 0, previous: expected },
    seen: listed(whole.seen),
    end,
    lines,
  };
  return { message, body: formatBody(lines), expected };
}

function listed(seen: SeenByNode): SeenCommits {
  return { completeFrom: seen.completeFrom, commits: [...seen.last.values()] };
}
