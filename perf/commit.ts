import { Kvm, type KV } from '@nats-io/kv';
import { connect } from '@nats-io/transport-node';
import { SessionAttr } from 'nest-session-sync';
import { createSessionSync, startEmbeddedNats, type SessionSync } from 'nest-session-sync/standalone';
import { startCountingProxy, type CountingProxy } from '../apps/launcher/src/wire/counting-proxy.js';
import type { WirePublish } from '../apps/launcher/src/wire/publish-reader.js';
import { median, spreadOf } from './rounds.js';
import type { Result, Row } from './scenario.js';

class WeighedSession {
  @SessionAttr({ mutable: true }) items: Item[] = [];
}

interface Item {
  readonly id: number;
  readonly text: string;
  count: number;
}

const SIZES: Readonly<Record<string, number>> = { '10 KB': 10_000, '100 KB': 100_000, '1 MB': 1_000_000 };
const ITEM_CHARS = 60;

type Part = Exclude<keyof WirePublish, 'subject' | 'headers'>;

const PARTS: Readonly<Partial<Record<Part, string>>> = {
  lineBytes: 'subject and protocol line',
  headerBytes: 'headers',
  bodyBytes: 'body',
};

/** What one commit weighs on the wire when one number of a session changed, against saving the session whole. */
export async function commit(isQuick: boolean): Promise<Result> {
  const commits = isQuick ? 5 : 25;
  const server = await startEmbeddedNats();
  const proxy = await startCountingProxy(server.url);
  const sync = await createSessionSync({ session: WeighedSession, name: 'weigh', nats: { servers: proxy.url } });
  const nats = await connect({ servers: proxy.url });
  try {
    const bucket = await new Kvm(nats).create('whole');
    const rows: Row[] = [];
    for (const [size, bytes] of Object.entries(SIZES)) {
      rows.push(...(await weigh(size, bytes, { sync, bucket, proxy, commits })));
    }
    return { rows };
  } finally {
    await nats.close();
    await sync.drain();
    await proxy.close();
    await server.stop();
  }
}

interface Scales {
  readonly sync: SessionSync;
  readonly bucket: KV;
  readonly proxy: CountingProxy;
  readonly commits: number;
}

async function weigh(size: string, bytes: number, { sync, bucket, proxy, commits }: Scales): Promise<Row[]> {
  const { key } = await sync.create();
  const items = itemsOf(bytes);
  await sync.run<WeighedSession, void>(key, (session) => session.set('items', items));
  const deltas: WirePublish[] = [];
  const saves: WirePublish[] = [];
  while (deltas.length < commits) {
    const sent = await proxy.during(() =>
      sync.run<WeighedSession, void>(key, (session) => {
        const [, item] = session.mutate('items');
        if (item !== undefined) item.count += 1;
      }),
    );
    const saved = await proxy.during(() => bucket.put(key, JSON.stringify({ items })));
    const [delta, save] = [sent[0], saved[0]];
    if (delta === undefined || save === undefined) throw new Error('nothing was published');
    // Now and then a commit is a new snapshot: docs/protocol.md says when.
    if (delta.headers.includes('Nats-Rollup')) continue;
    deltas.push(delta);
    saves.push(save);
  }
  const name = `one number of ${size}`;
  const parts = Object.entries(PARTS).map(([part, metric]) =>
    rowOf(name, metric, ofEach(deltas, part as Part), 'the whole commit', ofEach(deltas, 'bytes')),
  );
  const whole = rowOf(name, 'on the wire', ofEach(deltas, 'bytes'), 'kv.put of the session', ofEach(saves, 'bytes'));
  return [whole, ...parts];
}

/** As many items as make a session of so many bytes. */
function itemsOf(bytes: number): Item[] {
  const items: Item[] = [];
  for (let left = bytes; left > 0; left -= JSON.stringify(items.at(-1)).length + 1) {
    items.push({ id: items.length, text: 'x'.repeat(ITEM_CHARS), count: 1_000 });
  }
  return items;
}

function ofEach(publishes: readonly WirePublish[], part: Part): readonly number[] {
  return publishes.map((publish) => publish[part]);
}

function rowOf(name: string, metric: string, mine: readonly number[], peer: string, peers: readonly number[]): Row {
  const value = median(mine);
  const peerValue = median(peers);
  const ratios = mine.map((bytes, index) => bytes / (peers[index] ?? Number.NaN));
  return { name, metric, unit: 'bytes', value, peer, peerValue, ratio: value / peerValue, spread: spreadOf(ratios) };
}
