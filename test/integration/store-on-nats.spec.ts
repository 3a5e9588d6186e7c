import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Counter, SessionTooLargeError, type SessionKey } from 'nest-session-sync';
import { createSessionSync, SessionAttr, type SessionSync } from 'nest-session-sync/standalone';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { randomName, startNats } from '../support/nats-server.js';
import { startProxy } from '../support/tcp-proxy.js';

class Line {
  constructor(
    public sku = '',
    public qty = 1,
  ) {}
}

class Shop {
  @SessionAttr({ merge: Counter }) visits: number = 0;
  @SessionAttr({ mutable: true }) lines: Line[] = [];
  @SessionAttr({ mutable: true, type: () => Line }) best: Line | null = null;
  @SessionAttr() note: string = '';
}

let nats: EmbeddedNats;
let raw: NatsConnection;
const started: SessionSync[] = [];

beforeAll(async () => {
  nats = await startNats();
  raw = await connect({ servers: nats.url });
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((sync) => sync.drain()));
});
afterAll(async () => {
  await raw.close();
  await nats.stop();
});

async function node(name: string, servers = nats.url): Promise<SessionSync> {
  const sync = await createSessionSync({ session: Shop, name, nats: { servers } });
  started.push(sync);
  return sync;
}

function visit(sync: SessionSync, key: SessionKey): Promise<void> {
  return sync.run<Shop, void>(key, (session) => session.update('visits', (visits) => visits + 1));
}

function visits(sync: SessionSync, key: SessionKey): Promise<number> {
  return sync.run<Shop, number>(key, (session) => session.read('visits'));
}

describe('two nodes on one nats-server', () => {
  it('lose no increment and no line of one session', async () => {
    const name = randomName();
    const [a, b] = [await node(name), await node(name)];
    const { key } = await a.create();
    await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        (i % 2 === 0 ? a : b).run<Shop, void>(key, (session) => {
          session.update('visits', (n) => n + 1);
          session.mutate('lines').push(new Line(`sku-${i}`));
        }),
      ),
    );
    const [count, skus] = await b.run<Shop, [number, string[]]>(key, (session) => [
      session.read('visits'),
      session.read('lines').map(({ sku }) => sku),
    ]);
    expect(count).toBe(200);
    expect(new Set(skus).size).toBe(200);
    expect(a.stats().messages + b.stats().messages).toBeLessThan(202);
  });

  it('end a session for both at once', async () => {
    const name = randomName();
    const [a, b] = [await node(name), await node(name)];
    const { key } = await a.create();
    await visit(b, key);
    await a.end(key);
    await expect(visit(b, key)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await expect(a.run(key, () => undefined)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
  });
});

describe('answers that get lost', () => {
  it('are cleared up: each acknowledged increment is stored once, each unknown one at most once', async () => {
    const name = randomName();
    const proxy = await startProxy(nats.url);
    const [behind, direct] = [await node(name, proxy.url), await node(name)];
    const { key } = await direct.create();
    let acknowledged = 0;
    let unknown = 0;
    for (let i = 0; i < 40; i++) {
      const cut = setTimeout(() => proxy.cut(), i % 7);
      const outcome = await visit(behind, key).then(
        () => 'acknowledged',
        (error: unknown) => (error as { code: string }).code,
      );
      clearTimeout(cut);
      if (outcome === 'acknowledged') acknowledged++;
      else if (outcome === 'COMMIT_UNKNOWN') unknown++;
      else expect(outcome).toBe('STORE_UNAVAILABLE');
    }
    const stored = await visits(direct, key);
    expect(stored).toBeGreaterThanOrEqual(acknowledged);
    expect(stored).toBeLessThanOrEqual(acknowledged + unknown);
    expect(acknowledged).toBeGreaterThan(20);
    await proxy.close();
  }, 90_000);
});

describe('what does not belong into the store', () => {
  async function publish(name: string, key: SessionKey, headers: Record<string, string>, body: string): Promise<void> {
    const { headers: natsHeaders } = await import('@nats-io/transport-node');
    const list = natsHeaders();
    for (const [header, value] of Object.entries(headers)) list.set(header, value);
    const ack = await raw.request(`$KV.${name}-0.${key}`, body, { headers: list, timeout: 2_000 });
    expect(ack.json<{ error?: unknown }>().error).toBeUndefined();
  }

  it.each([
    ['a foreign message', {}, '{"cookie":{}}'],
    ['a message of a newer format', { Sync: '9 snapshot 0' }, '=visits 1'],
    ['a message with headers cut short', { Sync: '1 snapshot 0', 'Sync-Lock': '-' }, '=visits 1'],
  ])('%s is named, and left untouched', async (_, headers, body) => {
    const name = randomName();
    const sync = await node(name);
    const { key } = await sync.create();
    await publish(name, key, headers, body);
    await expect(visit(sync, key)).rejects.toMatchObject({ code: 'FOREIGN_RECORD' });
    const after = await raw.request(`$JS.API.DIRECT.GET.KV_${name}-0.$KV.${name}-0.${key}`, '', { timeout: 2_000 });
    expect(after.string()).toBe(body);
  });

  it('an attribute that cannot be decoded is named, and the others stay readable', async () => {
    const name = randomName();
    const sync = await node(name);
    const { key } = await sync.create();
    const newest = await raw.request(`$JS.API.DIRECT.GET.KV_${name}-0.$KV.${name}-0.${key}`, '', { timeout: 2_000 });
    const own = ['Sync', 'Sync-Lock', 'Sync-By', 'Sync-Life', 'Sync-Chain', 'Sync-Seen'];
    const headers = Object.fromEntries(own.map((header) => [header, newest.headers?.get(header) ?? '']));
    await publish(name, key, { ...headers, 'Nats-Rollup': 'sub' }, '=visits 7\n=lines [{"$class":["Evil",{}]}]');
    expect(await visits(sync, key)).toBe(7);
    await expect(sync.run<Shop>(key, (session) => session.read('lines'))).rejects.toMatchObject({
      code: 'ATTRIBUTE_DECODE',
    });
  });

  it('a session over the largest message is refused before it is sent, and the connection survives', async () => {
    const sync = await node(randomName());
    const { key } = await sync.create();
    const sent = sync.stats().messages;
    const tooLarge = sync.run<Shop, void>(key, (session) => session.set('note', 'x'.repeat(2_000_000)));
    await expect(tooLarge).rejects.toBeInstanceOf(SessionTooLargeError);
    expect(sync.stats()).toMatchObject({ messages: sent, isStoreAvailable: true });
    await visit(sync, key);
  });
});

describe('wrong calls', () => {
  it('name every problem at once', async () => {
    const options = { session: Shop, name: 'a b', nats: {}, lock: 'exclusive', idleMs: 1, typo: true } as never;
    const failure = await createSessionSync(options).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'INVALID_OPTIONS' });
    const { problems } = failure as { problems: readonly string[] };
    for (const word of ['"typo"', '"lock"', 'name:', 'nats:', 'idleMs:']) {
      expect(problems.some((problem) => problem.includes(word))).toBe(true);
    }
  });

  it('are refused by run, keyOf and end', async () => {
    const sync = await node(randomName());
    const { id, key } = await sync.create();
    expect(sync.keyOf(id)).toBe(key);
    expect(() => sync.keyOf('nonsense')).toThrow(/43/);
    await expect(sync.run('nonsense' as SessionKey, () => undefined)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
    });
    await expect(sync.run(key, { lock: 'exclusive' as 'optimistic' }, () => undefined)).rejects.toThrow(/isn't built/);
    const unknown = sync.keyOf('A'.repeat(43));
    await expect(sync.run(unknown, () => undefined)).rejects.toMatchObject({ code: 'SESSION_ENDED' });
    await sync.run<Shop, void>(unknown, { create: true }, (session) => session.set('note', 'made'));
    expect(await sync.run<Shop, string>(unknown, (session) => session.read('note'))).toBe('made');
  });
});
