import { createHash } from 'node:crypto';
import { jetstreamManager, type DirectStreamAPI, type StoredMsg } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { foldBody, type FoldedSession } from './fold-body.js';

/**
 * Reads a session from NATS as docs/protocol.md describes it, by a plain client: neither the gateways nor the engine have
 * a part in it.
 */
export async function readStoredSession(nats: NatsConnection, name: string, id: string): Promise<FoldedSession> {
  const { direct } = await jetstreamManager(nats);
  const stream = `KV_${name}-0`;
  const subject = `$KV.${name}-0.${keyOf(id)}`;
  const newest = await required(direct, stream, { last_by_subj: subject });
  const chain = newest.header.get('Sync-Chain') === '' ? undefined : chainOf(newest);
  if (chain === undefined) throw new Error(`message ${newest.seq} on ${subject} isn't one of the protocol`);
  if (kindOf(newest) === 'end') throw new Error(`the session was ended at ${newest.seq}`);
  const folded: FoldedSession = new Map();
  let previous = 0;
  for (let from = kindOf(newest) === 'delta' ? chain.base : newest.seq; previous < newest.seq; from = previous + 1) {
    const message = await required(direct, stream, { seq: from, next_by_subj: subject });
    if (previous !== 0 && chainOf(message).previous !== previous) {
      throw new Error(`message ${message.seq} doesn't follow ${previous}: the chain is broken`);
    }
    foldBody(folded, message.string());
    previous = message.seq;
  }
  return folded;
}

/** The store knows a session by the hash of its id, as text. */
export function keyOf(id: string): string {
  return createHash('sha256').update(id).digest('base64url');
}

function kindOf(message: StoredMsg): string {
  return message.header.get('Sync').split(' ')[1] ?? '';
}

/** `Sync-Chain`: base revision, deltas, bytes, previous revision; numbers in base 36. */
function chainOf(message: StoredMsg): { readonly base: number; readonly previous: number } {
  const [base = 0, , , previous = 0] = message.header
    .get('Sync-Chain')
    .split(' ')
    .map((field) => Number.parseInt(field, 36));
  return { base, previous };
}

async function required(
  direct: DirectStreamAPI,
  stream: string,
  query: Parameters<DirectStreamAPI['getMessage']>[1],
): Promise<StoredMsg> {
  const message = await direct.getMessage(stream, query);
  if (message === null) throw new Error(`the stream ${stream} has no message for ${JSON.stringify(query)}`);
  return message;
}
