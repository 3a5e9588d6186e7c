import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A TCP proxy between a client and nats-server, with the faults of a network. */
export interface TcpProxy {
  readonly url: string;
  /** Whether what the server sends is thrown away: it gets everything, the client hears nothing. */
  dropAnswers(isDropping: boolean): void;
  /** Whether what the client sends is thrown away. */
  dropRequests(isDropping: boolean): void;
  /** Cuts all connections; new ones are taken. */
  cut(): void;
  close(): Promise<void>;
}

export async function startProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let isDroppingAnswers = false;
  let isDroppingRequests = false;
  const server = createServer((client) => {
    const upstream = connect({ host: target.hostname, port: Number(target.port), noDelay: true });
    client.setNoDelay(true);
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        const isDropped = from === client ? isDroppingRequests : isDroppingAnswers;
        if (!isDropped && to.writable) to.write(chunk);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `nats://127.0.0.1:${(server.address() as AddressInfo).port}`,
    dropAnswers: (isDropping) => (isDroppingAnswers = isDropping),
    dropRequests: (isDropping) => (isDroppingRequests = isDropping),
    cut,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
