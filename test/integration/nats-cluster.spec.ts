import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import type { Revision } from 'nest-session-sync/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { openReplicatedStore, startCluster, type NatsCluster } from '../support/nats-cluster.js';
import { randomName } from '../support/nats-server.js';
import { message, NOTHING, randomKey, TIMEOUT_MS } from '../support/session-messages.js';

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('a cluster whose leader is killed', () => {
  it('loses nothing it acknowledged, stores nothing twice, and goes on', { timeout: 60_000 }, async () => {
    const cluster = await startCluster(3);
    cleanups.push(() => cluster.stop());
    const name = randomName();
    const store = await openReplicatedStore(cluster.urls, name);
    cleanups.push(() => store.close());
    const end = performance.now() + 25_000;
    let hasKilled = false;
    let recovered = 0;

    const write = async (key = randomKey()): Promise<void> => {
      const acknowledged: Revision[] = [];
      let revision = NOTHING;
      let afterKill = 0;
      while (afterKill < 20) {
        if (performance.now() > end) throw new Error('no recovery within 25 s');
        const outcome = await store.log.append(key, message(`after ${revision}`), revision, 1000);
        if (outcome.kind === 'accepted') {
          acknowledged.push(outcome.revision);
          revision = outcome.revision;
          if (hasKilled) afterKill += 1;
        } else if (outcome.kind === 'refused') {
          // Only an ambiguous one of our own can have come between; what is newest says whether it has.
          const newest = await store.log.readNewest(key, undefined, TIMEOUT_MS).catch(() => undefined);
          if (newest?.kind === 'message') {
            expect(newest.message.body).toBe(`after ${revision}`);
            acknowledged.push(newest.message.revision);
            revision = newest.message.revision;
          }
        } else {
          expect(['busy', 'unavailable', 'ambiguous']).toContain(outcome.kind);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
      }
      const stored = await store.log.readRange(key, NOTHING, revision, TIMEOUT_MS);
      expect(stored.map((one) => one.revision)).toEqual(acknowledged);
      recovered += 1;
    };

    const writers = Array.from({ length: 6 }, () => write());
    await new Promise((resolve) => setTimeout(resolve, 300));
    const leader = await leaderOf(cluster, `KV_${name}-0`);
    cluster.servers[leader]?.signal('SIGKILL');
    hasKilled = true;
    await Promise.all(writers);
    expect(recovered).toBe(6);
  });
});

async function leaderOf(cluster: NatsCluster, stream: string): Promise<number> {
  const connection = await connect({ servers: cluster.urls });
  const info = await (await jetstreamManager(connection)).streams.info(stream);
  await connection.close();
  return Number(info.cluster?.leader?.slice(1));
}
