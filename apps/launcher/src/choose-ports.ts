import { freePort, freePortNear } from './processes/free-port.js';

const USUAL_PORT = 3000;

export class PortTakenError extends Error {}

/**
 * Ports of the two gateways. `wanted`, from PORT, is the first one's or an error; without it 3000, or any. The second
 * takes the next port, or any.
 * @throws PortTakenError
 */
export async function choosePorts(wanted: string | undefined): Promise<readonly [number, number]> {
  const first = wanted === undefined || wanted === '' ? await freePortNear(USUAL_PORT) : await exactly(wanted);
  return [first, await freePortNear(first + 1)];
}

async function exactly(wanted: string): Promise<number> {
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new PortTakenError(`PORT=${wanted} is no port: give a number from 1 to 65535, or leave it out.`);
  }
  const free = await freePort(port);
  if (free !== undefined) return free;
  throw new PortTakenError(
    `Port ${wanted} is taken by another program (is the shop running already?). Choose another one, as PORT=${port + 10}, or leave PORT out.`,
  );
}
