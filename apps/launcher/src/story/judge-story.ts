import type { WriteTally } from './parallel-writes.js';
import type { Story } from './tell-story.js';

const SLOWEST_MS = 5_000;

/** What is off in a story, a sentence each; nothing when all is well. */
export function judgeStory({ increments, additions, commitBytes, failover, outage }: Story): readonly string[] {
  const wrong = [...lossesIn('increments', increments), ...lossesIn('additions', additions)];
  if (commitBytes.diff * 10 > commitBytes.fullSave) wrong.push('the commit of one field is not small.');
  if (failover.inFlight === 0) wrong.push('no request was in flight when the gateway was killed.');
  if (!failover.ok) wrong.push('the other gateway lacks something that was acknowledged.');
  if (outage.status !== 503 || outage.retryAfter === null) {
    wrong.push(`requests during the outage got ${outage.status}, Retry-After ${outage.retryAfter}, not 503.`);
  }
  if (outage.slowestMs > SLOWEST_MS) wrong.push(`a request waited ${outage.slowestMs} ms.`);
  if (outage.stored !== outage.acknowledged) wrong.push('the outage: stored and acknowledged differ.');
  return wrong;
}

function lossesIn(what: string, { sent, acknowledged, stored }: WriteTally): string[] {
  return sent === acknowledged && acknowledged === stored ? [] : [`${what}: sent, acknowledged and stored differ.`];
}
