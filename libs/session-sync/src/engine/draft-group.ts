import {
  composeDelta,
  composeWhole,
  formatBody,
  isBaseSpent,
  isSnapshotCheaper,
  snapshotBytesAtMost,
  withCommit,
} from '../core/record/index.js';
import type {
  CommitId,
  DraftMessage,
  SessionEnd,
  SessionLife,
  SessionRecord,
  StoredPlace,
} from '../core/record/index.js';
import { utf8Length } from '../core/codec/index.js';
import { FIRST_EPOCH, NO_TOKEN, type Revision } from '../core/session/revision.js';
import type { SessionKey } from '../core/session/identity.js';
import type { CommitRequest } from './commit-request.js';
import { MESSAGE_RESERVE_BYTES, type EngineSettings } from './engine-settings.js';
import { combine, type Group } from './group.js';
import type { Secrets } from './secrets.js';
import { assertSessionFits } from './session-limits.js';
import type { SessionSchema } from './session-schema.js';

/** What a group of commits is put onto: the newest record, or nothing and the revision a first message expects. */
export interface GroundState {
  readonly record: SessionRecord | undefined;
  readonly absentRevision: Revision;
}

export interface DraftContext {
  readonly key: SessionKey;
  readonly schema: SessionSchema;
  readonly secrets: Secrets;
  readonly settings: EngineSettings;
  readonly maxMessageBytes: number;
  readonly storeNow: number;
  readonly by: CommitId;
  /** The store has no room for another delta of this session. */
  readonly isFull: boolean;
}

/** One message for a group of commits, and what the session is once it is stored. */
export interface DraftedGroup<R extends CommitRequest> extends Group<R> {
  /** Undefined when nothing is left to store. */
  readonly draft: DraftMessage | undefined;
  /** Body bytes of the whole session after it, at most. */
  readonly wholeBytes: number;
  recordAt(revision: Revision, storedAt: number): SessionRecord;
}

export function draftGroup<R extends CommitRequest>(
  requests: readonly R[],
  ground: GroundState,
  context: DraftContext,
): DraftedGroup<R> {
  const origin = ground.record ?? requests.find(({ continues }) => continues !== undefined)?.continues;
  const before = origin?.attributes ?? new Map();
  const maxBytes = Math.min(context.maxMessageBytes - MESSAGE_RESERVE_BYTES, context.settings.maxSessionBytes);
  const group = combine(requests, before, context.schema, (after) => assertSessionFits(after, context, maxBytes));
  const end = group.members.find((request) => request.end !== undefined)?.end;
  const isNeeded =
    group.lines.length > 0 ||
    end !== undefined ||
    (ground.record === undefined && origin !== undefined) ||
    group.members.some(({ isTouch }) => isTouch);
  const draft = isNeeded
    ? compose(group, ground, { end, life: lifeOf(ground, origin, end, context) }, context)
    : undefined;
  return {
    ...group,
    draft,
    wholeBytes: snapshotBytesAtMost(group.attributes),
    recordAt: (revision, storedAt) => recordAfter(group, ground, draft, { revision, storedAt }, context.by),
  };
}

function compose<R extends CommitRequest>(
  group: Group<R>,
  ground: GroundState,
  { end, life }: { readonly end: SessionEnd | undefined; readonly life: SessionLife },
  context: DraftContext,
): DraftMessage {
  const { record } = ground;
  if (record !== undefined && end === undefined && !isWholeDue(record, group, life, context)) {
    return composeDelta(record, context.secrets.sealed(group.lines, context.key), context.by, life);
  }
  const whole = {
    epoch: record?.epoch ?? FIRST_EPOCH,
    lock: record?.lock ?? { holder: undefined, token: NO_TOKEN },
    by: context.by,
    life,
    end,
    expected: record?.revision ?? ground.absentRevision,
    seen: record?.seen ?? { completeFrom: ground.absentRevision, last: new Map() },
    attributes: end !== undefined && end.movedTo === undefined ? new Map() : group.attributes,
  };
  return sealedWhole(composeWhole(whole, context.schema.codecFor), context);
}

function sealedWhole(draft: DraftMessage, { secrets, key }: DraftContext): DraftMessage {
  const { lines } = draft.message;
  const sealed = secrets.sealed(lines, key);
  return sealed === lines
    ? draft
    : { ...draft, message: { ...draft.message, lines: sealed }, body: formatBody(sealed) };
}

/** A touch writes the whole session only where an empty delta would not keep it alive. */
function isWholeDue<R extends CommitRequest>(
  record: SessionRecord,
  group: Group<R>,
  life: SessionLife,
  context: DraftContext,
): boolean {
  if (context.isFull || isBaseSpent(record, life, context.storeNow)) return true;
  if (group.lines.length === 0) return false;
  return isSnapshotCheaper(record, utf8Length(formatBody(group.lines)), snapshotBytesAtMost(group.attributes));
}

/**
 * Kept twice as long as the session can live on it, and never shorter than the message before. An end stands for as
 * long as anybody may follow a move to its key, or have sent something to it. A move prolongs nothing.
 */
function lifeOf(
  ground: GroundState,
  origin: SessionRecord | undefined,
  end: SessionEnd | undefined,
  context: DraftContext,
): SessionLife {
  const { settings, storeNow } = context;
  const { idleMs, absoluteMs, graceMs, storeDeadlineMs } = settings;
  const left = ground.record === undefined ? 0 : ground.record.storedAt + ground.record.life.keepMs - storeNow;
  const endMs = end === undefined ? 0 : 2 * (graceMs + storeDeadlineMs);
  return {
    idleMs,
    absoluteAt: origin?.life.absoluteAt ?? Math.round(storeNow + absoluteMs),
    keepMs: Math.round(Math.max(2 * idleMs, left, endMs)),
  };
}

/** What this node has once the message is accepted: no reload, the client state simply becomes the new benchmark. */
function recordAfter<R extends CommitRequest>(
  group: Group<R>,
  ground: GroundState,
  draft: DraftMessage | undefined,
  { revision, storedAt }: StoredPlace,
  by: CommitId,
): SessionRecord {
  if (draft === undefined) throw new TypeError('nothing was sent');
  const { message } = draft;
  const bytes = utf8Length(draft.body);
  const isDelta = message.kind === 'delta' && ground.record !== undefined;
  const before = ground.record?.seen ?? { completeFrom: ground.absentRevision, last: new Map() };
  return {
    epoch: message.epoch,
    revision,
    storedAt,
    newestBytes: bytes,
    lock: message.lock,
    life: message.life,
    end: message.end,
    attributes: group.attributes,
    base:
      isDelta && ground.record !== undefined
        ? { ...ground.record.base, deltas: message.chain.deltas, deltaBytes: message.chain.bytes }
        : { revision, storedAt, keepMs: message.life.keepMs, bytes, deltas: 0, deltaBytes: 0 },
    seen: withCommit(before, { ...by, revision }),
  };
}
