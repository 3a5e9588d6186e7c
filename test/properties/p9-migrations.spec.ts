import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { p9Migrations } from './p9-migrations.js';

const { id, promise, cases, property } = p9Migrations;

describe('laws', () => {
  it(`${id}: ${promise} (${cases.ci} cases)`, async () => {
    const { failed, counterexample, seed, errorInstance } = await fc.check(property(), { numRuns: cases.ci });
    expect(failed, `seed ${seed}, ${fc.stringify(counterexample)}, ${String(errorInstance)}`).toBe(false);
  }, 60_000);
});
