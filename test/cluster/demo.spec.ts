import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runProgram } from '../package/run-program.js';

const ROOT = join(import.meta.dirname, '..', '..');
const TIMEOUT_MS = 180_000;
/** Whatever the machine is busy with: two store deadlines, one to open and one to commit, and some. */
const NO_HANG_MS = 6_000;

interface Tally {
  readonly sent: number;
  readonly acknowledged: number;
  readonly repeats: number;
  readonly stored: number;
}

interface Story {
  readonly increments: Tally;
  readonly additions: Tally;
  readonly commitBytes: { readonly diff: number; readonly fullSave: number };
  readonly failover: { readonly ok: boolean; readonly inFlight: number };
  readonly outage: {
    readonly status: number;
    readonly retryAfter: number;
    readonly slowestMs: number;
    readonly acknowledged: number;
    readonly stored: number;
  };
}

describe('npm run demo', () => {
  let story: Story;

  beforeAll(async () => {
    const printed = await runProgram(process.execPath, ['apps/launcher/run.mjs', 'demo', '--json'], ROOT);
    story = JSON.parse(printed.trimEnd().split('\n').at(-1) ?? '') as Story;
  }, TIMEOUT_MS);

  it('loses none of a thousand parallel increments of one counter on two gateways', () => {
    expect(story.increments).toMatchObject({ sent: 1000, acknowledged: 1000, stored: 1000 });
  });

  it('loses none of a thousand parallel additions to one cart', () => {
    expect(story.additions).toMatchObject({ sent: 1000, acknowledged: 1000, stored: 1000 });
  });

  it('sends a few hundred bytes for one changed field of a session of 100 KB', () => {
    expect(story.commitBytes.fullSave).toBeGreaterThan(100_000);
    expect(story.commitBytes.diff).toBeLessThanOrEqual(500);
  });

  it('goes on with the session on the other gateway when one is killed at work', () => {
    expect(story.failover.ok).toBe(true);
    expect(story.failover.inFlight).toBeGreaterThan(0);
  });

  it('answers 503 with Retry-After while NATS is away, and loses nothing acknowledged', () => {
    expect(story.outage.status).toBe(503);
    expect(story.outage.retryAfter).toBeGreaterThanOrEqual(1);
    expect(story.outage.slowestMs).toBeLessThan(NO_HANG_MS);
    expect(story.outage.acknowledged).toBeGreaterThan(0);
    expect(story.outage.stored).toBe(story.outage.acknowledged);
  });
});
