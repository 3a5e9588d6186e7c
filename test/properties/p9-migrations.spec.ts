import fc from 'fast-check';
import { describe, it } from 'vitest';
import { p9Migrations } from './p9-migrations.js';

const { id, promise, cases, property } = p9Migrations;

describe(id, () => {
  it(`${promise} (${cases.ci} cases)`, () => {
    fc.assert(property(), { numRuns: cases.ci });
  }, 60_000);
});
