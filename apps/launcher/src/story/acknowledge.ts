import { setTimeout as delay } from 'node:timers/promises';
import type { Answer } from './visitor.js';

const REPEAT_WITHIN_MS = 60_000;
const PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 200;

export interface Attempts {
  readonly isAcknowledged: boolean;
  /** How often it was asked again. */
  readonly repeats: number;
}

/**
 * Asks until the answer is a success, while answers say that asking again is in order: 409, 503, and of requests that
 * may be repeated in any case also a broken connection.
 */
export async function acknowledge(ask: () => Promise<Answer>, isRepeatable: boolean): Promise<Attempts> {
  const endsAt = performance.now() + REPEAT_WITHIN_MS;
  for (let repeats = 0; ; repeats++) {
    const answer = await ask();
    if (answer.status === 200) return { isAcknowledged: true, repeats };
    if (!mayBeRepeated(answer, isRepeatable) || performance.now() > endsAt) return { isAcknowledged: false, repeats };
    await delay(Math.min(PAUSE_MS * 2 ** repeats, LONGEST_PAUSE_MS));
  }
}

/** An answer that says `retryable: false` leaves open whether the request took effect. */
function mayBeRepeated({ status, body }: Answer, isRepeatable: boolean): boolean {
  if (isRepeatable) return status === 409 || status === 503 || status === 0;
  const error = body as { readonly code?: unknown } | undefined;
  return (status === 409 || status === 503) && error?.code !== 'COMMIT_UNKNOWN';
}
