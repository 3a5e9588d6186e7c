import type { Clock, Random } from '../ports/index.js';
import type { Deadline } from './deadline.js';

const LONGEST_MS = 50;

/** Waits before try number `attempt` (from 1): not at all at first, then twice as long each time, with jitter. */
export async function pauseBeforeRetry(
  attempt: number,
  deadline: Deadline,
  { clock, random }: { readonly clock: Clock; readonly random: Random },
): Promise<void> {
  if (attempt <= 2) return;
  const ceilingMs = Math.min(LONGEST_MS, 2 ** (attempt - 2));
  await clock.sleep(Math.min(deadline.remainingMs, ceilingMs * (0.5 + random.fraction() / 2)));
}
