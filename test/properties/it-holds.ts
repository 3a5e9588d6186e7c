import { randomInt } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Law } from './law.js';
import { batchesOf, tryBatch } from './try-law.js';

/** Far more than it takes on two cores of its own: a busy machine is no violation. */
const LIMIT_MS = 600_000;

/** A test that tries a law at the number of cases for CI, each time others; the seed is printed. */
export function itHolds(law: Law): void {
  it(
    `${law.id}: ${law.promise}`,
    async () => {
      const seed = randomInt(2 ** 31);
      let cases = 0;
      for (const batch of batchesOf(law, seed, law.cases.ci)) {
        const { tried, violation } = await tryBatch(law, batch, LIMIT_MS);
        if (violation !== undefined)
          expect.fail(`${violation.report}\nRepeat it: npm run soak -- properties --replay ${violation.replay}`);
        cases += tried;
      }
      console.log(`${law.id}: ${cases} cases, seed ${seed}`);
      expect(cases).toBe(law.cases.ci);
    },
    LIMIT_MS,
  );
}
