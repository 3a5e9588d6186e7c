import { setTimeout as delay } from 'node:timers/promises';
import { storedLineIds } from '../stored/stored-shop.js';
import { newLineId, putLine, storedSession, WIDTH, type Stage } from './stage.js';

export interface Failover {
  /** Whether the other gateway went on with everything that was acknowledged. */
  readonly ok: boolean;
  /** Requests that waited for the gateway's answer when it was killed. */
  readonly inFlight: number;
}

const DOOMED = 1;
const SURVIVOR = 0;
const BUSY_FOR_MS = 200;
const AFTERWARDS_MS = 300;

/** Kills the second gateway in the middle of its work, and goes on with the same session on the first. */
export async function failOver(stage: Stage): Promise<Failover> {
  const { shop, visitor } = stage;
  const acknowledged = new Set<string>();
  let inFlight = 0;
  const closing = new AbortController();
  const put = async (gateway: number, id: string): Promise<boolean> => {
    if (gateway === DOOMED) inFlight += 1;
    const { status } = await visitor.ask(shop.gatewayUrl(gateway), putLine(id));
    if (gateway === DOOMED) inFlight -= 1;
    if (status === 200) acknowledged.add(id);
    return status === 200;
  };
  const shopper = async (): Promise<void> => {
    while (!closing.signal.aborted) {
      const id = newLineId();
      // A request that the dead gateway didn't answer is repeated on the other.
      const isDone = (await put(DOOMED, id)) || (await put(SURVIVOR, id));
      if (!isDone) await delay(5);
    }
  };
  const shoppers = Array.from({ length: WIDTH }, shopper);
  await delay(BUSY_FOR_MS);
  const killed = inFlight;
  await shop.gateway(DOOMED)?.kill();
  await delay(AFTERWARDS_MS);
  closing.abort();
  await Promise.all(shoppers);
  const ok = await hasAll(stage, acknowledged);
  await shop.startGateway(DOOMED);
  return { ok, inFlight: killed };
}

/** Whether the surviving gateway shows all of them, and NATS has them. */
async function hasAll(stage: Stage, ids: ReadonlySet<string>): Promise<boolean> {
  const { body } = await stage.visitor.ask(stage.shop.gatewayUrl(SURVIVOR), { method: 'GET', path: '/api/cart' });
  const cart = body as { readonly lines?: readonly { readonly id: string }[] } | undefined;
  const shown = new Set((cart?.lines ?? []).map((line) => line.id));
  const stored = new Set(storedLineIds(await storedSession(stage)));
  return ids.size > 0 && [...ids].every((id) => shown.has(id) && stored.has(id));
}
