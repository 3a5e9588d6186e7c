import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import type { Law } from '../properties/law.js';

/** Wrong on purpose: whoever changes how laws are tried sees here that a violation is still found. */
export const BROKEN_LAWS: readonly Law[] = [
  {
    id: 'P0',
    promise: 'No number is above 1,000 (which is wrong, on purpose)',
    cases: { ci: 100, nightly: 20_000 },
    property: () => fc.property(fc.nat(), (number) => assert(number <= 1_000, `${number} is above 1,000`)),
  },
];
