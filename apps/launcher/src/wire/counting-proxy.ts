import { connect, createServer, type Socket } from 'node:net';
import { PublishReader, type WirePublish } from './publish-reader.js';

/** A TCP proxy before a NATS server that sees what clients publish. */
export interface CountingProxy {
  readonly url: string;
  /** What is published to the KV subjects while `work` runs. */
  during(work: () => Promise<unknown>): Promise<readonly WirePublish[]>;
  close(): Promise<void>;
}

const KV_SUBJECTS = '$KV.';

export async function startCountingProxy(targetUrl: string): Promise<CountingProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  const listeners = new Set<(publish: WirePublish) => void>();
  const tell = (publish: WirePublish): void => {
    if (publish.subject.startsWith(KV_SUBJECTS)) for (const listener of listeners) listener(publish);
  };
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    const reader = new PublishReader(tell);
    client.on('data', (chunk) => reader.take(chunk));
    client.pipe(upstream).pipe(client);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
    });
  });
  return {
    url: `nats://127.0.0.1:${port}`,
    during: async (work) => {
      const seen: WirePublish[] = [];
      const listener = (publish: WirePublish): number => seen.push(publish);
      listeners.add(listener);
      try {
        await work();
      } finally {
        listeners.delete(listener);
      }
      return seen;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
