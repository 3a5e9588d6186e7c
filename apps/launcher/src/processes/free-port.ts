import { createServer } from 'node:net';

/** A port on 127.0.0.1 that nobody listens on: `wanted`, or any when that is 0. Undefined when it is taken. */
export function freePort(wanted = 0): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

/** `wanted` if it is free, else any other. */
export async function freePortNear(wanted: number): Promise<number> {
  const port = (await freePort(wanted)) ?? (await freePort());
  if (port === undefined) throw new Error('No port is free on 127.0.0.1.');
  return port;
}
