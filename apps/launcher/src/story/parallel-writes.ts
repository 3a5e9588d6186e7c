import { storedLineIds, storedVisits } from '../stored/stored-shop.js';
import { acknowledge } from './acknowledge.js';
import { askInTurn, newLineId, putLine, storedSession, VISIT, WIDTH, type Stage } from './stage.js';
import { atOnce } from './at-once.js';

/** What became of many writes of one kind to one session. */
export interface WriteTally {
  readonly sent: number;
  readonly acknowledged: number;
  /** Requests sent again because the answer was 409 or 503. */
  readonly repeats: number;
  /** As read from NATS. */
  readonly stored: number;
}

/** Increments one counter, 32 at once, alternating between the gateways. */
export async function incrementInParallel(stage: Stage, count: number): Promise<WriteTally> {
  const before = storedVisits(await storedSession(stage));
  const tally = { sent: 0, acknowledged: 0, repeats: 0 };
  await atOnce(count, WIDTH, async (index) => {
    tally.sent += 1;
    const attempts = await acknowledge(() => askInTurn(stage, index, VISIT), false);
    tally.repeats += attempts.repeats;
    if (attempts.isAcknowledged) tally.acknowledged += 1;
  });
  return { ...tally, stored: storedVisits(await storedSession(stage)) - before };
}

/** Adds lines with different ids to one cart, 32 at once, alternating between the gateways. */
export async function addInParallel(stage: Stage, count: number): Promise<WriteTally> {
  const tally = { sent: 0, acknowledged: 0, repeats: 0 };
  const sent = new Set<string>();
  await atOnce(count, WIDTH, async (index) => {
    const id = newLineId();
    sent.add(id);
    tally.sent += 1;
    const attempts = await acknowledge(() => askInTurn(stage, index, putLine(id)), true);
    tally.repeats += attempts.repeats;
    if (attempts.isAcknowledged) tally.acknowledged += 1;
  });
  // Every line counts, so that one stored twice shows as well.
  const stored = storedLineIds(await storedSession(stage)).filter((id) => sent.has(id)).length;
  return { ...tally, stored };
}
