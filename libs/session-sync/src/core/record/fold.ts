import type { AttributeCodec } from '../codec/attribute-codec.js';
import { utf8Length } from '../codec/index.js';
import { ForeignRecordError } from '../errors/index.js';
import type { AttributeName } from '../session/attribute-name.js';
import type { NodeId } from '../session/identity.js';
import type { Revision } from '../session/revision.js';
import { formatBody, type BodyLine } from './message-body.js';
import type { SeenCommit, SessionMessage } from './session-message.js';
import type { SeenByNode, SessionRecord } from './session-record.js';
import { StoredAttribute } from './stored-attribute.js';

/** Where and when the store put a message. */
export interface StoredPlace {
  readonly revision: Revision;
  readonly storedAt: number;
}

/** How attributes are read: by name, because those this application doesn't declare pass through under no classes. */
export type CodecFor = (name: AttributeName) => AttributeCodec;

/** Whether `message` is the direct successor of `record`, so that folding it misses nothing. */
export function follows(record: SessionRecord, message: SessionMessage): boolean {
  return message.kind === 'delta' && message.chain.previous === record.revision && message.epoch === record.epoch;
}

/**
 * The record after `message`. Snapshots and ends stand alone; a delta needs the record it follows.
 * @throws ForeignRecordError when a delta is folded onto anything but its predecessor.
 */
export function fold(
  record: SessionRecord | undefined,
  message: SessionMessage,
  place: StoredPlace,
  codecFor: CodecFor,
): SessionRecord {
  if (message.kind !== 'delta') return foldWhole(message, place);
  if (record === undefined || !follows(record, message)) {
    throw new ForeignRecordError(`delta ${place.revision} was folded onto another message than its predecessor`);
  }
  return {
    ...record,
    revision: place.revision,
    storedAt: place.storedAt,
    newestBytes: utf8Length(formatBody(message.lines)),
    lock: message.lock,
    life: message.life,
    attributes: applyLines(record.attributes, message.lines, codecFor),
    base: { ...record.base, deltas: message.chain.deltas, deltaBytes: message.chain.bytes },
    seen: withCommit(record.seen, { ...message.by, revision: place.revision }),
  };
}

function foldWhole(message: SessionMessage, place: StoredPlace): SessionRecord {
  const attributes = new Map<AttributeName, StoredAttribute>();
  for (const line of message.lines) {
    if (line.op !== '=') throw new ForeignRecordError(`a ${message.kind} holds values only, found "${line.op}"`);
    attributes.set(line.name, StoredAttribute.ofText(line.text, line.version));
  }
  const bytes = utf8Length(formatBody(message.lines));
  return {
    epoch: message.epoch,
    revision: place.revision,
    storedAt: place.storedAt,
    newestBytes: bytes,
    lock: message.lock,
    life: message.life,
    end: message.end,
    attributes,
    base: {
      revision: place.revision,
      storedAt: place.storedAt,
      keepMs: message.life.keepMs,
      bytes,
      deltas: 0,
      deltaBytes: 0,
    },
    seen: withCommit(seenIn(message), { ...message.by, revision: place.revision }),
  };
}

function applyLines(
  before: ReadonlyMap<AttributeName, StoredAttribute>,
  lines: readonly BodyLine[],
  codecFor: CodecFor,
): ReadonlyMap<AttributeName, StoredAttribute> {
  if (lines.length === 0) return before;
  const after = new Map(before);
  for (const line of lines) {
    if (line.op === '-') after.delete(line.name);
    else if (line.op === '=') after.set(line.name, StoredAttribute.ofText(line.text, line.version));
    else {
      const attribute = after.get(line.name);
      if (attribute === undefined) throw new ForeignRecordError(`a patch to "${line.name}", which the session lacks`);
      after.set(line.name, attribute.patched(line.text, codecFor(line.name)));
    }
  }
  return after;
}

function seenIn(message: SessionMessage): SeenByNode {
  const last = new Map<NodeId, SeenCommit>();
  for (const commit of message.seen?.commits ?? []) last.set(commit.node, commit);
  return { completeFrom: message.seen?.completeFrom ?? message.chain.previous, last };
}

/** Most nodes remembered per session; forgetting one moves `completeFrom` past its last message. */
const MAX_SEEN_NODES = 16;

export function withCommit(seen: SeenByNode, commit: SeenCommit): SeenByNode {
  const last = new Map(seen.last);
  last.delete(commit.node);
  last.set(commit.node, commit);
  let { completeFrom } = seen;
  for (const [node, oldest] of last) {
    if (last.size <= MAX_SEEN_NODES) break;
    last.delete(node);
    completeFrom = (oldest.revision + 1) as Revision;
  }
  return { completeFrom, last };
}
