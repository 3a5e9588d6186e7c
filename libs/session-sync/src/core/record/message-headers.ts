import { ForeignRecordError } from '../errors/index.js';
import { parseNodeId, parseSessionKey, type NodeId } from '../session/identity.js';
import { toRevision, type Epoch, type FencingToken, type Revision } from '../session/revision.js';
import {
  FORMAT_VERSION,
  type CommitId,
  type MessageChain,
  type MessageKind,
  type SeenCommits,
  type SessionEnd,
  type SessionLife,
  type SessionLock,
  type SessionMessage,
} from './session-message.js';

export type HeaderPair = readonly [name: string, value: string];

type Facts = Omit<SessionMessage, 'lines'>;

const KINDS: ReadonlySet<string> = new Set<MessageKind>(['snapshot', 'delta', 'end']);

/** Everything of a message but its body, as headers; numbers in base 36, fields separated by one space. */
export function formatHeaders(message: Facts): HeaderPair[] {
  const { lock, by, life, chain, seen, end } = message;
  const headers: HeaderPair[] = [
    ['Sync', `${FORMAT_VERSION} ${message.kind} ${text(message.epoch)}`],
    ['Sync-Lock', `${lock.holder ?? '-'} ${text(lock.token)}`],
    ['Sync-By', `${by.node} ${text(by.counter)}`],
    ['Sync-Life', `${text(life.idleMs)} ${text(life.absoluteAt)} ${text(life.keepMs)}`],
    ['Sync-Chain', `${text(chain.base)} ${text(chain.deltas)} ${text(chain.bytes)} ${text(chain.previous)}`],
  ];
  if (seen !== undefined) headers.push(['Sync-Seen', formatSeen(seen)]);
  if (end !== undefined) headers.push(['Sync-End', formatEnd(end)]);
  return headers;
}

/** @throws ForeignRecordError when a header is missing, malformed, or of a newer format. */
export function parseHeaders(headers: readonly HeaderPair[]): Facts {
  const byName = new Map(headers);
  const [version, kind, epoch] = fields(byName, 'Sync', 3);
  if (number(version, 'Sync') > FORMAT_VERSION) {
    throw new ForeignRecordError(
      `it has format ${version}, this version reads up to ${FORMAT_VERSION}; upgrade this node`,
    );
  }
  if (!isKind(kind)) throw new ForeignRecordError(`its kind ${JSON.stringify(kind)} is unknown`);
  return {
    kind,
    epoch: number(epoch, 'Sync') as Epoch,
    lock: parseLock(byName),
    by: parseBy(byName),
    life: parseLife(byName),
    chain: parseChain(byName),
    seen: kind === 'delta' ? undefined : parseSeen(byName.get('Sync-Seen')),
    end: kind === 'end' ? parseEnd(byName) : undefined,
  };
}

function formatSeen(seen: SeenCommits): string {
  const commits = seen.commits.map(({ node, counter, revision }) => ` ${node}:${text(counter)}:${text(revision)}`);
  return text(seen.completeFrom) + commits.join('');
}

function formatEnd(end: SessionEnd): string {
  const reason = encodeURIComponent(end.reason);
  return end.movedTo === undefined ? reason : `${reason} ${end.movedTo} ${text(end.graceMs ?? 0)}`;
}

function parseLock(headers: ReadonlyMap<string, string>): SessionLock {
  const [holder, token] = fields(headers, 'Sync-Lock', 2);
  return {
    holder: holder === '-' ? undefined : node(holder, 'Sync-Lock'),
    token: number(token, 'Sync-Lock') as FencingToken,
  };
}

function parseBy(headers: ReadonlyMap<string, string>): CommitId {
  const [writer, counter] = fields(headers, 'Sync-By', 2);
  return { node: node(writer, 'Sync-By'), counter: number(counter, 'Sync-By') };
}

function parseLife(headers: ReadonlyMap<string, string>): SessionLife {
  const [idleMs, absoluteAt, keepMs] = fields(headers, 'Sync-Life', 3).map((field) => number(field, 'Sync-Life'));
  return { idleMs: idleMs ?? 0, absoluteAt: absoluteAt ?? 0, keepMs: keepMs ?? 0 };
}

function parseChain(headers: ReadonlyMap<string, string>): MessageChain {
  const [base, deltas, bytes, previous] = fields(headers, 'Sync-Chain', 4);
  return {
    base: revision(base, 'Sync-Chain'),
    deltas: number(deltas, 'Sync-Chain'),
    bytes: number(bytes, 'Sync-Chain'),
    previous: revision(previous, 'Sync-Chain'),
  };
}

function parseSeen(value: string | undefined): SeenCommits {
  if (value === undefined) throw new ForeignRecordError('header Sync-Seen is missing');
  const [completeFrom, ...commits] = value.split(' ');
  return {
    completeFrom: revision(completeFrom, 'Sync-Seen'),
    commits: commits.map((commit) => {
      const [writer, counter, at, ...rest] = commit.split(':');
      if (rest.length > 0) throw new ForeignRecordError('header Sync-Seen is malformed');
      return {
        node: node(writer, 'Sync-Seen'),
        counter: number(counter, 'Sync-Seen'),
        revision: revision(at, 'Sync-Seen'),
      };
    }),
  };
}

function parseEnd(headers: ReadonlyMap<string, string>): SessionEnd {
  const [reason = '', movedTo, graceMs] = (headers.get('Sync-End') ?? '').split(' ');
  if (reason === '') throw new ForeignRecordError('header Sync-End is missing');
  if (movedTo === undefined) return { reason: decodeReason(reason) };
  const key = parseSessionKey(movedTo);
  if (key === undefined) throw new ForeignRecordError('header Sync-End names no session key');
  return { reason: decodeReason(reason), movedTo: key, graceMs: number(graceMs, 'Sync-End') };
}

function decodeReason(reason: string): string {
  try {
    return decodeURIComponent(reason);
  } catch {
    throw new ForeignRecordError('header Sync-End is malformed');
  }
}

function fields(headers: ReadonlyMap<string, string>, name: string, atLeast: number): string[] {
  const value = headers.get(name);
  if (value === undefined) throw new ForeignRecordError(`header ${name} is missing: not a message of this package`);
  const parts = value.split(' ');
  if (parts.length < atLeast) throw new ForeignRecordError(`header ${name} is malformed`);
  return parts;
}

function text(value: number): string {
  return value.toString(36);
}

const BASE_36 = /^[0-9a-z]{1,11}$/;

function number(field: string | undefined, header: string): number {
  const value = field !== undefined && BASE_36.test(field) ? Number.parseInt(field, 36) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw new ForeignRecordError(`header ${header} is malformed`);
  return value;
}

function revision(field: string | undefined, header: string): Revision {
  const value = toRevision(number(field, header));
  if (value === undefined) throw new ForeignRecordError(`header ${header} is malformed`);
  return value;
}

function node(field: string | undefined, header: string): NodeId {
  const id = parseNodeId(field ?? '');
  if (id === undefined) throw new ForeignRecordError(`header ${header} names no node`);
  return id;
}

function isKind(kind: string | undefined): kind is MessageKind {
  return kind !== undefined && KINDS.has(kind);
}
