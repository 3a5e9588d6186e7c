import { createServer, type AddressInfo } from 'node:net';
import { connectNatsStore, NodeClock, type EmbeddedNats, type NatsStore } from 'nest-session-sync/testing';
import { randomName, startNats } from './nats-server.js';

/** Several nats-servers that form one cluster. */
export interface NatsCluster {
  readonly servers: readonly EmbeddedNats[];
  readonly urls: string[];
  stop(): Promise<void>;
}

export async function startCluster(size: number): Promise<NatsCluster> {
  const ports = await Promise.all(Array.from({ length: size }, freePort));
  const routes = ports.map((port) => `"nats://127.0.0.1:${port}"`).join(', ');
  const servers = await Promise.all(
    ports.map((port, number) =>
      startNats({
        config: `server_name: "n${number}"\ncluster { name: test, listen: "127.0.0.1:${port}", no_advertise: true, routes: [${routes}] }`,
      }),
    ),
  );
  return {
    servers,
    urls: servers.map((server) => server.url),
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

/** A store with a replica on each of three servers, connected to `servers`; waits for the cluster's first election. */
export async function openReplicatedStore(servers: string[], name = randomName()): Promise<NatsStore> {
  const end = performance.now() + 30_000;
  for (;;) {
    try {
      return await connectNatsStore({ name, nats: { servers }, store: { replicas: 3 }, clock: new NodeClock() });
    } catch (error) {
      const isRetryable = error instanceof Error && 'retryable' in error && error.retryable === true;
      if (!isRetryable || performance.now() > end) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
