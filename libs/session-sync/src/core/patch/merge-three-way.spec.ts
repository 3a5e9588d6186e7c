import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryRecipes,
  arbitraryVersions,
  buildGraph,
  GRAPH_CLASSES,
} from '../../../../../test/support/arbitrary-graph.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { createClassCatalog } from '../graph/index.js';
import { AddWinsSet, Counter, mergeThreeWay, type MergeOutcome } from './index.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

function merged(outcome: MergeOutcome): unknown {
  return outcome.ok ? outcome.value : outcome;
}

describe('mergeThreeWay', () => {
  it('is the other side where one side changed nothing', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([before, after]) => {
        const [base, same, changed] = [buildGraph(before), buildGraph(before), buildGraph(after)];
        expect(isIsomorphic(merged(mergeThreeWay(base, same, changed, options)), changed)).toBe(true);
        expect(isIsomorphic(merged(mergeThreeWay(base, changed, same, options)), changed)).toBe(true);
        expect(isIsomorphic(merged(mergeThreeWay(base, changed, buildGraph(after), options)), changed)).toBe(true);
        expect(isIsomorphic(base, same)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('takes both sides of edits to different keys, in either order', () => {
    const data = fc
      .dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), arbitraryRecipes.map(buildGraph))
      .map((record) => ({ ...record }));
    fc.assert(
      fc.property(data, data, data, (base, left, right) => {
        const ours: Record<string, unknown> = { ...base };
        const theirs: Record<string, unknown> = { ...base };
        const both: Record<string, unknown> = { ...base };
        for (const key of ['a', 'b', 'c']) if (key in left) both[key] = ours[key] = left[key];
        for (const key of ['d', 'e', 'f']) if (key in right) both[key] = theirs[key] = right[key];
        expect(isIsomorphic(merged(mergeThreeWay(base, ours, theirs, options)), both)).toBe(true);
        expect(isIsomorphic(merged(mergeThreeWay(base, theirs, ours, options)), both)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  const lines = [
    { sku: 'a', qty: 1 },
    { sku: 'b', qty: 1 },
    { sku: 'c', qty: 1 },
  ];

  it.each<[string, unknown, unknown, unknown, unknown]>([
    ['both append', [1], [1, 2], [1, 3], [1, 3, 2]],
    ['both begin a list', undefined, ['x'], ['y'], ['y', 'x']],
    ['both insert in front', [1], [2, 1], [3, 1], [3, 2, 1]],
    ['one removes, one appends', [1, 2], [2], [1, 2, 3], [2, 3]],
    ['both remove one', [1, 2, 3], [1, 3], [1, 3], [1, 3]],
    [
      'different elements by key',
      lines,
      [{ sku: 'a', qty: 5 }, lines[1], lines[2]],
      [{ sku: 'z', qty: 9 }, lines[0], { sku: 'c', qty: 7 }],
      [
        { sku: 'z', qty: 9 },
        { sku: 'a', qty: 5 },
        { sku: 'c', qty: 7 },
      ],
    ],
    [
      'different keys of a Map',
      new Map([['a', 1]]),
      new Map([['a', 2]]),
      new Map([
        ['a', 1],
        ['b', 3],
      ]),
      new Map([
        ['a', 2],
        ['b', 3],
      ]),
    ],
    ['different elements of a Set', new Set([1, 2]), new Set([2, 3]), new Set([1, 2, 4]), new Set([2, 4, 3])],
    ['two new keys of two new objects', {}, { x: { a: 1 } }, { x: { b: 2 } }, { x: { b: 2, a: 1 } }],
    ['a key before an edited entry is removed by both', ...mapsWithObjectKey()],
    ['different bytes', new Uint8Array(64), bytesWith(1), bytesWith(60), bytesWith(1, 60)],
  ])('adds up when %s', (_, base, ours, theirs, expected) => {
    const outcome = merged(mergeThreeWay(base, ours, theirs, options));
    expect(outcome).toEqual(expected);
    expect(isIsomorphic(outcome, expected)).toBe(true);
  });

  it.each<[string, unknown, unknown, unknown, string[]]>([
    ['one property', { a: { b: 1 } }, { a: { b: 2 } }, { a: { b: 3 } }, ['.a.b']],
    ['a part and what it is in', { a: { b: 1 } }, { a: { b: 2 } }, {}, ['.a']],
    ['one element', { lines }, { lines: [{ sku: 'a', qty: 2 }, lines[1]] }, { lines: lines.slice(1) }, ['.lines[0]']],
    ['one key of a Map', new Map([['a', 1]]), new Map([['a', 2]]), new Map([['a', 3]]), ['.get("a")']],
    ['the root', 1, 2, 3, ['']],
    [
      'the same new element',
      { lines: [] },
      { lines: [lines[0]] },
      { lines: [{ sku: 'a', qty: 7 }] },
      ['.lines[sku="a"]'],
    ],
  ])('names a conflict about %s', (_, base, ours, theirs, conflicts) => {
    expect(mergeThreeWay(base, ours, theirs, options)).toEqual({ ok: false, conflicts });
  });
});

describe('ready-made policies', () => {
  it('count both sums', () => expect(Counter.merge(5, 7, 10)).toBe(12));
  it('keep what either side added', () => {
    expect(AddWinsSet.merge(new Set([1, 2]), new Set([1, 3]), new Set([2, 4]))).toEqual(new Set([4, 3]));
  });
});

/** Base, ours, theirs and result: positions of entries shift under an edit that names one by position. */
function mapsWithObjectKey(): [unknown, unknown, unknown, unknown] {
  const map = (entries: [unknown, unknown][]): unknown => new Map(entries);
  const key = { k: 1 };
  return [
    map([
      [0, 0],
      [key, 1],
    ]),
    map([[{ k: 1 }, 2]]),
    map([[{ k: 1 }, 1]]),
    map([[{ k: 1 }, 2]]),
  ];
}

function bytesWith(...positions: number[]): Uint8Array {
  const bytes = new Uint8Array(64);
  for (const position of positions) bytes[position] = 1;
  return bytes;
}
