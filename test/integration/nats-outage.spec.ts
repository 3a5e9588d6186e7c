import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  connectNatsStore,
  type EmbeddedNats,
  type NatsStore,
  NodeClock,
  type Revision,
} from 'nest-session-sync/testing';
import { freeze, randomName, startNats } from '../support/nats-server.js';
import { appended, kinds, message, newestOf, NOTHING, randomKey, TIMEOUT_MS } from '../support/session-messages.js';
import { startProxy } from '../support/tcp-proxy.js';
import { until } from '../support/until.js';

const UNAVAILABLE = { code: 'STORE_UNAVAILABLE', retryable: true };
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function keptServer(port?: number, dataDir?: string): Promise<EmbeddedNats & { dataDir: string }> {
  const folder = dataDir ?? (await mkdtemp(join(tmpdir(), 'nats-outage-')));
  if (dataDir === undefined) cleanups.push(() => rm(folder, { recursive: true, force: true }));
  const server = await startNats({ dataDir: folder, ...(port === undefined ? {} : { port }) });
  cleanups.push(() => server.stop());
  return { ...server, dataDir: folder };
}

async function open(servers: string, name = randomName()): Promise<NatsStore> {
  const store = await connectNatsStore({ name, nats: { servers }, clock: new NodeClock() });
  cleanups.push(() => store.close());
  return store;
}

describe('a server that is killed', () => {
  it('answers unavailable at once, buffers nothing, and goes on with everything acknowledged', async () => {
    const server = await keptServer();
    const store = await open(server.url);
    const key = randomKey();
    const availability: boolean[] = [];
    store.onAvailability((isAvailable) => availability.push(isAvailable));
    let revision = NOTHING;
    for (let count = 0; count < 100; count++) revision = await appended(store.log, key, `before ${count}`, revision);

    server.signal('SIGKILL');
    await until(() => !store.isAvailable, 'the outage is noticed');
    const started = performance.now();
    const outcome = await store.log.append(key, message('during'), revision, TIMEOUT_MS);
    expect(outcome).toMatchObject({ kind: 'unavailable' });
    await expect(store.log.readNewest(key, undefined, TIMEOUT_MS)).rejects.toMatchObject(UNAVAILABLE);
    await expect(store.log.reached(key, TIMEOUT_MS)).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - started).toBeLessThan(200);

    await server.exited;
    await keptServer(Number(new URL(server.url).port), server.dataDir);
    await until(() => store.isAvailable, 'the connection is back');
    expect((await store.log.readRange(key, NOTHING, revision, TIMEOUT_MS)).length).toBe(100);
    expect((await newestOf(store.log, key)).body).toBe('before 99');
    await appended(store.log, key, 'after', revision);
    expect(availability).toEqual([false, true]);
  });

  it('while appends are in flight: each is accepted, unavailable or ambiguous, and what was accepted is there', async () => {
    const server = await keptServer();
    const store = await open(server.url);
    const writers = Array.from({ length: 8 }, () => randomKey());
    let isKilled = false;
    const acknowledged = await Promise.all(
      writers.map(async (key) => {
        let revision = NOTHING;
        for (;;) {
          const started = performance.now();
          const outcome = await store.log.append(key, message('x'), revision, TIMEOUT_MS);
          expect(performance.now() - started).toBeLessThan(TIMEOUT_MS + 100);
          if (outcome.kind !== 'accepted') {
            expect(isKilled).toBe(true);
            expect(['unavailable', 'ambiguous']).toContain(outcome.kind);
            return { key, revision };
          }
          revision = outcome.revision;
          if (revision > 400 && !isKilled) {
            isKilled = true;
            server.signal('SIGKILL');
          }
        }
      }),
    );
    await server.exited;
    await keptServer(Number(new URL(server.url).port), server.dataDir);
    await until(() => store.isAvailable, 'the connection is back');
    for (const { key, revision } of acknowledged) {
      const messages = await store.log.readRange(key, revision, (revision + 1000) as Revision, TIMEOUT_MS);
      expect(messages[0]?.revision).toBe(revision);
      // An ambiguous one may have been stored after it, never two.
      expect(messages.length).toBeLessThanOrEqual(2);
    }
  });
});

describe('a server that hangs', () => {
  it('leaves appends ambiguous within their time, and answers again when it goes on', async () => {
    const server = await keptServer();
    const store = await open(server.url);
    const key = randomKey();
    const first = await appended(store.log, key, 'first');
    await freeze(server);
    const started = performance.now();
    const outcome = await store.log.append(key, message('second'), first, 500);
    expect(outcome).toMatchObject({ kind: 'ambiguous' });
    await expect(store.log.readNewest(key, undefined, 500)).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - started).toBeLessThan(1300);
    server.signal('SIGCONT');
    await until(async () => (await newestOf(store.log, key)).body === 'second', 'the late append arrives');
    // The same message again, as an ambiguous one is repeated: its revision refuses it, it isn't stored twice.
    expect(await store.log.append(key, message('second'), first, TIMEOUT_MS)).toEqual({ kind: 'refused' });
    expect(await store.log.readRange(key, first, (first + 10) as Revision, TIMEOUT_MS)).toHaveLength(2);
  });
});

describe('a network that loses answers', () => {
  it('leaves appends ambiguous: stored when the answer was lost, not stored when the request was', async () => {
    const server = await keptServer();
    const proxy = await startProxy(server.url);
    cleanups.push(() => proxy.close());
    const store = await open(proxy.url);
    const key = randomKey();
    const first = await appended(store.log, key, 'first');

    proxy.dropAnswers(true);
    expect(await store.log.append(key, message('answer lost'), first, 300)).toMatchObject({ kind: 'ambiguous' });
    proxy.dropAnswers(false);
    const second = await newestOf(store.log, key);
    expect(second.body).toBe('answer lost');

    proxy.dropRequests(true);
    expect(await store.log.append(key, message('request lost'), second.revision, 300)).toMatchObject({
      kind: 'ambiguous',
    });
    proxy.dropRequests(false);
    const availability: boolean[] = [];
    store.onAvailability((isAvailable) => availability.push(isAvailable));
    proxy.cut();
    await until(() => availability.at(-1) === true, 'the connection is cut, and back');
    expect((await newestOf(store.log, key)).body).toBe('answer lost');
    await appended(store.log, key, 'third', second.revision);
  });

  it('and cuts the connection with appends in flight: ambiguous at once, not after the time-out', async () => {
    const server = await keptServer();
    const proxy = await startProxy(server.url);
    cleanups.push(() => proxy.close());
    const store = await open(proxy.url);
    proxy.dropAnswers(true);
    const started = performance.now();
    const pending = Promise.all(
      Array.from({ length: 20 }, () => store.log.append(randomKey(), message('x'), NOTHING, 10_000)),
    );
    await until(() => performance.now() - started > 100, 'they are on their way');
    proxy.cut();
    proxy.dropAnswers(false);
    expect(kinds(await pending)).toEqual({ ambiguous: 20 });
    expect(performance.now() - started).toBeLessThan(1000);
    await until(() => store.isAvailable, 'the connection is back');
    await appended(store.log, randomKey(), 'works');
  });
});

describe('a store that was closed', () => {
  it('answers unavailable, and leaves a connection that was given open', async () => {
    const server = await keptServer();
    const { connect } = await import('@nats-io/transport-node');
    const connection = await connect({ servers: server.url });
    cleanups.push(() => connection.close());
    const store = await connectNatsStore({ name: randomName(), nats: { connection }, clock: new NodeClock() });
    await appended(store.log, randomKey(), 'works');
    await store.close();
    expect(await store.log.append(randomKey(), message('x'), NOTHING, TIMEOUT_MS)).toMatchObject({
      kind: 'unavailable',
    });
    expect(connection.isClosed()).toBe(false);
    await connection.flush();
  });
});
