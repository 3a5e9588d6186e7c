import { describe, expect, it } from 'vitest';
import { itHolds } from './it-holds.js';
import { LAWS } from './laws.js';

// The decoder's has as many cases as all others together: in a file of its own it runs beside them.
describe('law', () => {
  for (const law of LAWS) if (law.id !== 'P5') itHolds(law);

  it('has a name of its own', () => {
    expect(new Set(LAWS.map(({ id }) => id)).size).toBe(LAWS.length);
  });
});
