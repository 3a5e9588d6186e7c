import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  connectNatsStore,
  type EmbeddedNats,
  type NatsLayout,
  type NatsStore,
  NodeClock,
} from 'nest-session-sync/testing';
import { randomName, startNats } from '../support/nats-server.js';
import { appended, message, NOTHING, randomKey, TIMEOUT_MS } from '../support/session-messages.js';

const clock = new NodeClock();
let server: EmbeddedNats;
let connection: NatsConnection;

beforeAll(async () => {
  server = await startNats();
  connection = await connect({ servers: server.url });
});
afterAll(async () => {
  await connection.close();
  await server.stop();
});

function open(name: string, store?: NatsLayout): Promise<NatsStore> {
  return connectNatsStore({ name, nats: { servers: server.url }, clock, ...(store === undefined ? {} : { store }) });
}

describe('the buckets', () => {
  it('have the settings of the protocol', async () => {
    const name = randomName();
    const store = await open(name);
    const { config } = await (await jetstreamManager(connection)).streams.info(`KV_${name}-0`);
    expect(config).toMatchObject({
      subjects: [`$KV.${name}-0.>`],
      max_msgs_per_subject: 1024,
      discard: 'new',
      discard_new_per_subject: true,
      allow_direct: true,
      allow_rollup_hdrs: true,
      deny_delete: true,
      storage: 'file',
      num_replicas: 1,
      republish: { src: `$KV.${name}-0.>`, dest: `${name}.changed.${name}-0.>` },
      allow_msg_ttl: true,
      subject_delete_marker_ttl: 2_000_000_000,
    });
    await store.close();
  });

  it('are KV buckets: other clients read them', async () => {
    const name = randomName();
    const store = await open(name);
    const key = randomKey();
    const revision = await appended(store.log, key, 'as a KV client sees it');
    const bucket = await new Kvm(jetstream(connection)).open(`${name}-0`);
    const entry = await bucket.get(key);
    expect(entry).toMatchObject({ key, revision });
    expect(entry?.string()).toBe('as a KV client sees it');
    await bucket.delete(key);
    expect(await store.log.readNewest(key, undefined, TIMEOUT_MS)).toEqual({ kind: 'absent', revision: revision + 1 });
    await store.close();
  });

  it('publish again what was accepted, and only that', async () => {
    const name = randomName();
    const store = await open(name);
    const key = randomKey();
    const seen: [string, string][] = [];
    const subscription = connection.subscribe(`${name}.changed.${name}-0.*`, {
      callback: (_error, msg) => void seen.push([msg.subject, msg.string()]),
    });
    await connection.flush();
    const revision = await appended(store.log, key, 'one');
    await store.log.append(key, message('refused'), NOTHING, TIMEOUT_MS);
    await appended(store.log, key, 'two', revision);
    await connection.flush();
    const subject = `${name}.changed.${name}-0.${key}`;
    expect(seen).toEqual([
      [subject, 'one'],
      [subject, 'two'],
    ]);
    subscription.unsubscribe();
    await store.close();
  });

  it('pass foreign messages on as they are', async () => {
    const name = randomName();
    const store = await open(name);
    const key = randomKey();
    const { seq } = await jetstream(connection).publish(`$KV.${name}-0.${key}`, 'not ours');
    expect(await store.log.readNewest(key, undefined, TIMEOUT_MS)).toMatchObject({
      kind: 'message',
      message: { revision: seq, headers: [], body: 'not ours' },
    });
    await store.close();
  });
});

describe('a bucket made on a server before 2.11', () => {
  it('is used as it is: messages expire with the bucket, none is sent with a time of its own', async () => {
    const name = randomName();
    const manager = await jetstreamManager(connection);
    await manager.streams.add({
      name: `KV_${name}-0`,
      subjects: [`$KV.${name}-0.>`],
      max_msgs_per_subject: 1024,
      discard: 'new',
      discard_new_per_subject: true,
      allow_direct: true,
      allow_rollup_hdrs: true,
      deny_delete: true,
      max_age: 24 * 3600 * 1e9,
      republish: { src: `$KV.${name}-0.>`, dest: `${name}.changed.${name}-0.>` },
    });
    const store = await open(name);
    const key = randomKey();
    const first = await appended(store.log, key, 'kept by age');
    await appended(store.log, key, 'too', first);
    const stored = await manager.streams.getMessage(`KV_${name}-0`, { last_by_subj: `$KV.${name}-0.${key}` });
    expect(stored?.header.has('Nats-TTL')).toBe(false);
    await store.close();
  });
});

describe('the subjects for replies', () => {
  it('begin as the account allows', async () => {
    const guarded = await startNats({
      config: 'authorization { users: [{ user: me, password: me, permissions: { subscribe: "_MINE.>" } }] }',
    });
    const nats = { servers: guarded.url, user: 'me', pass: 'me' };
    const name = randomName();
    const store = await connectNatsStore({ name, nats: { ...nats, inboxPrefix: '_MINE' }, clock });
    await appended(store.log, randomKey(), 'answered');
    await store.close();
    await expect(connectNatsStore({ name, nats, clock })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      message: /subscription/i,
    });
    await guarded.stop();
  });
});

describe('a node with other settings', () => {
  it('is refused, with each difference named', async () => {
    const name = randomName();
    await (await open(name)).close();
    const refused = await open(name, { shards: 2 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID_OPTIONS' });
    expect(String(refused)).toContain('shards is 1 there, 2 here');
    await expect(open(name, { storage: 'memory' })).rejects.toThrow('storage is "file", must be "memory"');
  });

  it('with the same settings is let in, several at once', async () => {
    const name = randomName();
    const stores = await Promise.all(Array.from({ length: 8 }, () => open(name, { shards: 2 })));
    expect(stores.map((store) => store.epoch)).toEqual(Array(8).fill(0));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is refused when somebody made the bucket otherwise', async () => {
    const name = randomName();
    await new Kvm(jetstream(connection)).create(`${name}-0`, { history: 5 });
    const refused = await open(name).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID_OPTIONS' });
    expect(String(refused)).toContain('max_msgs_per_subject is 5, must be 1024');
    expect(String(refused)).toContain('discard_new_per_subject is not set, must be true');
  });

  it('is refused for a record of another format', async () => {
    const name = randomName();
    await (await open(name)).close();
    const record = JSON.stringify({ format: 2, shards: 1, replicas: 1, epoch: 0 });
    await jetstream(connection).publish(`$KV.${name}-meta.config`, record);
    await expect(open(name)).rejects.toThrow('format is 2 there, 1 here');
  });

  it('is refused for wrong options, all of them named', async () => {
    const refused = await open('no dots.please', { shards: 0, replicas: 2 }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'INVALID_OPTIONS', problems: { length: 3 } });
  });
});

describe('at the start', () => {
  it('says which server could not be reached, without the password', async () => {
    const failure = await connectNatsStore({
      name: randomName(),
      nats: { servers: 'nats://me:secret@127.0.0.1:1' },
      clock,
    }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'STORE_UNAVAILABLE' });
    expect(String(failure)).toContain('nats://127.0.0.1:1');
    expect(String(failure)).not.toContain('secret');
  });

  it('passes credentials on, and says so when they are refused', async () => {
    const guarded = await startNats({ config: 'authorization { user: me, password: secret }' });
    const name = randomName();
    const store = await connectNatsStore({ name, nats: { servers: guarded.url, user: 'me', pass: 'secret' }, clock });
    await appended(store.log, randomKey(), 'let in');
    await store.close();
    await expect(connectNatsStore({ name, nats: { servers: guarded.url }, clock })).rejects.toThrow(/Authorization/i);
    await guarded.stop();
  });

  it('says that JetStream is off', async () => {
    const limited = await startNats({
      config:
        'accounts { A: { users: [{user: a, password: a}] }, B: { users: [{user: b, password: b}], jetstream: enabled } }',
    });
    const start = connectNatsStore({ name: randomName(), nats: { servers: limited.url, user: 'a', pass: 'a' }, clock });
    await expect(start).rejects.toThrow(/JetStream can't be used on nats:\/\/127.0.0.1:\d+ .*enable it/);
    await limited.stop();
  });
});

describe('what a server may answer to an append', () => {
  it('no permission: unavailable at once, and the connection goes on', async () => {
    const name = randomName();
    const users = (deny: string): string =>
      `authorization { users: [{ user: me, password: me, permissions: { publish: { deny: "${deny}" }, subscribe: ">" } }] }`;
    const guarded = await startNats({ config: users(`$KV.${name}-0.>`) });
    const store = await connectNatsStore({ name, nats: { servers: guarded.url, user: 'me', pass: 'me' }, clock });
    const started = performance.now();
    expect(await store.log.append(randomKey(), message('x'), NOTHING, TIMEOUT_MS)).toMatchObject({
      kind: 'unavailable',
    });
    expect(performance.now() - started).toBeLessThan(500);
    expect(await store.log.readNewest(randomKey(), undefined, TIMEOUT_MS)).toEqual({ kind: 'absent', revision: 0 });
    await store.close();
    await guarded.stop();
  });

  it('no stream: unavailable', async () => {
    const name = randomName();
    const store = await open(name);
    await (await jetstreamManager(connection)).streams.delete(`KV_${name}-0`);
    expect(await store.log.append(randomKey(), message('x'), NOTHING, TIMEOUT_MS)).toMatchObject({
      kind: 'unavailable',
    });
    await store.close();
  });

  it('no room: unavailable', async () => {
    const name = randomName();
    const store = await open(name);
    const manager = await jetstreamManager(connection);
    const { config } = await manager.streams.info(`KV_${name}-0`);
    await manager.streams.update(`KV_${name}-0`, { ...config, max_bytes: 2000 });
    const key = randomKey();
    const first = await appended(store.log, key, 'x'.repeat(1000));
    const outcome = await store.log.append(key, message('x'.repeat(1500)), first, TIMEOUT_MS);
    expect(outcome).toEqual({ kind: 'unavailable', what: 'maximum bytes exceeded (error 10077)' });
    await store.close();
  });

  it('headers that would not come back are refused before', async () => {
    const store = await open(randomName());
    for (const header of [
      ['Nats-Rollup', 'sub'],
      ['Ses-Line', 'a\r\nNats-Rollup: all'],
      ['Ses Name', 'x'],
    ] as const) {
      await expect(
        store.log.append(randomKey(), message('x', { headers: [header] }), NOTHING, TIMEOUT_MS),
      ).rejects.toMatchObject({ code: 'UNSUPPORTED_VALUE' });
    }
    await store.close();
  });
});
