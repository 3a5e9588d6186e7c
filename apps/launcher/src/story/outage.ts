import { setTimeout as delay } from 'node:timers/promises';
import { storedLineIds } from '../stored/stored-shop.js';
import { askInTurn, newLineId, putLine, storedSession, type Stage } from './stage.js';
import type { Answer } from './visitor.js';

export interface Outage {
  /** What requests got while NATS was away; 0 if none met it. */
  readonly status: number;
  /** The `Retry-After` that came with it, in seconds. */
  readonly retryAfter: number | null;
  /** The longest that a request waited for its answer, all through. */
  readonly slowestMs: number;
  /** Lines acknowledged before, during and after the outage. */
  readonly acknowledged: number;
  /** Lines of those sent that NATS has afterwards. */
  readonly stored: number;
}

const SHOPPERS = 8;
const BEFORE_MS = 300;
const AWAY_MS = 2_500;
const AFTERWARDS_MS = 700;
const PAUSE_MS = 50;
const GIVE_UP_MS = 15_000;

/** Kills NATS while the shop is in use, starts it again on its data, and looks whether anything was lost. */
export async function goThroughOutage(stage: Stage): Promise<Outage> {
  const answers: Answer[] = [];
  const sent = new Set<string>();
  let acknowledged = 0;
  const closing = new AbortController();
  const shopper = async (_: unknown, turn: number): Promise<void> => {
    const givesUpAt = performance.now() + GIVE_UP_MS;
    while (!closing.signal.aborted && performance.now() < givesUpAt) {
      const id = newLineId();
      sent.add(id);
      for (let isDone = false; !isDone && performance.now() < givesUpAt;) {
        const answer = await askInTurn(stage, turn, putLine(id));
        answers.push(answer);
        isDone = answer.status === 200;
        if (isDone) acknowledged += 1;
        else await delay(PAUSE_MS);
      }
    }
  };
  const shoppers = Array.from({ length: SHOPPERS }, shopper);
  await delay(BEFORE_MS);
  stage.server().signal('SIGKILL');
  await stage.server().exited;
  await delay(AWAY_MS);
  await stage.restartServer();
  await untilServed(answers);
  await delay(AFTERWARDS_MS);
  closing.abort();
  await Promise.all(shoppers);
  const stored = storedLineIds(await storedSession(stage)).filter((id) => sent.has(id)).length;
  return { ...refusals(answers), slowestMs: slowest(answers), acknowledged, stored };
}

/** Waits until a request succeeds that ended after now. */
async function untilServed(answers: readonly Answer[]): Promise<void> {
  const seen = answers.length;
  const givesUpAt = performance.now() + GIVE_UP_MS;
  while (!answers.slice(seen).some((answer) => answer.status === 200)) {
    if (performance.now() > givesUpAt) return;
    await delay(PAUSE_MS);
  }
}

function refusals(answers: readonly Answer[]): Pick<Outage, 'status' | 'retryAfter'> {
  const refused = answers.filter(({ status }) => status !== 200 && status !== 409);
  const unlike503 = refused.find(({ status }) => status !== 503);
  const told = refused.find(({ retryAfter }) => retryAfter !== undefined);
  const retryAfter = told?.retryAfter === undefined ? null : Number(told.retryAfter);
  return { status: unlike503?.status ?? refused[0]?.status ?? 0, retryAfter };
}

function slowest(answers: readonly Answer[]): number {
  return Math.round(answers.reduce((slowestMs, { elapsedMs }) => Math.max(slowestMs, elapsedMs), 0));
}
