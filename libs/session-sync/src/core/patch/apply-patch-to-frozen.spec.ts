import { describe, expect, it } from 'vitest';
import { compareGraphs, freezeGraph, takeBenchmark } from '../graph/index.js';
import { applyPatchToFrozen } from './apply-patch-to-frozen.js';

describe('a patch on a frozen value', () => {
  it.each([
    ['an empty array', { lines: [] as unknown[] }],
    ['an array of objects', { lines: [{ sku: 'a' }, { sku: 'b' }] as unknown[] }],
  ])('changes %s that it holds, in the result only', (_what, value) => {
    const frozen = freezeGraph(structuredClone(value));
    const working = structuredClone(value);
    const benchmark = takeBenchmark(working);
    working.lines.push({ sku: 'new' });
    const result = applyPatchToFrozen(frozen, compareGraphs(benchmark, working));
    expect(result).toEqual(working);
    expect(frozen).toEqual(value);
  });
});
