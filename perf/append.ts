import { jetstream } from '@nats-io/jetstream';
import { Kvm, type KV } from '@nats-io/kv';
import { connect, headers as natsHeaders, type NatsConnection } from '@nats-io/transport-node';
import {
  connectNatsStore,
  NodeClock,
  startEmbeddedNats,
  type LogMessage,
  type NatsStore,
  type Revision,
} from 'nest-session-sync/testing';
import { randomSessionKey } from './random-session-key.js';
import { duelRow } from './duel-row.js';
import { duel, type Duel } from './rounds.js';
import type { Result, Row } from './scenario.js';

const TIMEOUT_MS = 2_000;
/** A delta as the engine writes it: docs/protocol.md. */
const DELTA: LogMessage = {
  headers: [
    ['Sync', '1 delta 1'],
    ['Sync-Lock', '- 0'],
    ['Sync-By', 'r1yJ0u0nqkTzG7k6p8hXwA 3f'],
    ['Sync-Life', '11tmo0 mh8w2k1a 236h80'],
    ['Sync-Chain', '1 2a 9k 3e'],
  ],
  body: '~cart [["set",["lines",1,"quantity"],3]]',
  replacesEarlier: false,
  keepMs: 3_600_000,
};
/** Below the 1,024 messages that a session may have. */
const MOST_DELTAS = 500;

/** How long it takes to store one small conditional message: the library's append, `js.publish` and `kv.put`. */
export async function append(isQuick: boolean): Promise<Result> {
  const options = { rounds: isQuick ? 5 : 25, callsPerRound: isQuick ? 200 : 400 };
  const server = await startEmbeddedNats();
  const store = await connectNatsStore({ name: 'perf', nats: { servers: server.url }, clock: new NodeClock() });
  const nats = await connect({ servers: server.url });
  try {
    const bucket = await new Kvm(nats).create('peer', { history: 1 });
    const publish = await duel(libraryAppend(store), jsPublish(nats), options);
    const put = await duel(libraryAppend(store), kvPut(bucket), options);
    return { rows: [rowOf('js.publish, conditional, same headers', publish), rowOf('kv.put of the same text', put)] };
  } finally {
    await nats.close();
    await store.close();
    await server.stop();
  }
}

function libraryAppend({ log }: NatsStore): () => Promise<void> {
  let key = randomSessionKey();
  let revision = 0 as Revision;
  let deltas = 0;
  return async () => {
    if ((deltas += 1) > MOST_DELTAS) [key, revision, deltas] = [randomSessionKey(), 0 as Revision, 1];
    const outcome = await log.append(key, DELTA, revision, TIMEOUT_MS);
    if (outcome.kind !== 'accepted') throw new Error(`an append was ${outcome.kind}`);
    revision = outcome.revision;
  };
}

/** The same message with the same condition by the client's own call, into a bucket's stream like the library's. */
function jsPublish(nats: NatsConnection): () => Promise<void> {
  const js = jetstream(nats);
  let subject = '';
  let revision = 0;
  let deltas = MOST_DELTAS;
  return async () => {
    if ((deltas += 1) > MOST_DELTAS) [subject, revision, deltas] = [`$KV.perf-0.${randomSessionKey()}`, 0, 1];
    const headers = natsHeaders();
    for (const [name, value] of DELTA.headers) headers.append(name, value);
    headers.append('Nats-TTL', '3600s');
    const ack = await js.publish(subject, DELTA.body, { headers, expect: { lastSubjectSequence: revision } });
    revision = ack.seq;
  };
}

function kvPut(bucket: KV): () => Promise<unknown> {
  const key = randomSessionKey();
  return () => bucket.put(key, DELTA.body);
}

function rowOf(peer: string, result: Duel): Row {
  return duelRow({ name: 'append of one delta', metric: 'latency, median', unit: 'us', peer }, result);
}
