import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { connect } from '@nats-io/transport-node';
import { startEmbeddedNats } from 'nest-session-sync/standalone';
import { freePort } from '../processes/free-port.js';
import { Shop } from '../processes/shop.js';
import { startCountingProxy } from '../wire/counting-proxy.js';
import type { Stage } from './stage.js';
import { Visitor } from './visitor.js';

/** A stage, to be cleared in any case. */
export type OpenStage = Stage & AsyncDisposable;

/** Starts nats-server on temporary data, two gateways, the first behind a counting proxy, and the cart service. */
export async function openStage(print: (name: string, line: string) => void): Promise<OpenStage> {
  const undo: (() => Promise<void> | void)[] = [];
  const clear = async (): Promise<void> => {
    for (let step = undo.pop(); step !== undefined; step = undo.pop()) await step();
  };
  try {
    return { ...(await setUp(undo, print)), [Symbol.asyncDispose]: clear };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function setUp(
  undo: (() => Promise<void> | void)[],
  print: (name: string, line: string) => void,
): Promise<Stage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'shop-demo-'));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  // Also when the story is broken off.
  process.once('exit', remove);
  undo.push(remove);
  let server = await startEmbeddedNats({ dataDir });
  undo.push(() => server.stop());
  const port = Number(new URL(server.url).port);
  const proxy = await startCountingProxy(server.url);
  undo.push(() => proxy.close());
  const nats = await connect({ servers: server.url, maxReconnectAttempts: -1, reconnectTimeWait: 50 });
  undo.push(() => nats.close());
  const gateways = [
    { port: (await freePort()) ?? 0, natsUrl: proxy.url },
    { port: (await freePort()) ?? 0, natsUrl: server.url },
  ];
  const shop = new Shop({ gateways, natsUrl: server.url, idSecret: 'the demo is over before anybody guesses', print });
  undo.push(() => shop.stop());
  await shop.start();
  const visitor = new Visitor();
  undo.push(() => visitor.close());
  const restartServer = async (): Promise<void> => {
    server = await startEmbeddedNats({ dataDir, port });
  };
  return { shop, visitor, proxy, nats, server: () => server, restartServer };
}
