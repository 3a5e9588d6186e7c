import type { WriteTally } from './parallel-writes.js';
import type { Story } from './tell-story.js';

/** The story in a few lines for people. */
export function reportOf({ increments, additions, commitBytes, failover, outage }: Story): string {
  const { diff, fullSave } = commitBytes;
  return [
    `increments   ${tallyLine(increments)}`,
    `cart lines   ${tallyLine(additions)}`,
    `one field    ${diff} bytes on the wire; saving the whole session: ${fullSave} (${Math.round(fullSave / diff)} times as many)`,
    `failover     gateway killed with ${failover.inFlight} requests in flight: ${failover.ok ? 'nothing acknowledged is missing' : 'SOMETHING IS MISSING'}`,
    `NATS outage  requests got ${outage.status}, Retry-After ${outage.retryAfter} s, none waited longer than ${outage.slowestMs} ms; ${outage.acknowledged} acknowledged, ${outage.stored} stored`,
  ].join('\n');
}

function tallyLine({ sent, acknowledged, repeats, stored }: WriteTally): string {
  return `${sent} sent, ${acknowledged} acknowledged, ${stored} stored; ${repeats} repeated after a conflict`;
}
