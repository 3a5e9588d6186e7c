import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryGraph,
  arbitraryMutations,
  arbitraryRecipes,
  arbitraryVersions,
  buildGraph,
  GRAPH_CLASSES,
  mutateGraph,
} from '../../../../../test/support/arbitrary-graph.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { applyPatch } from '../patch/index.js';
import { cloneGraph, compareGraphs, createClassCatalog, formatPath, makeWorkingCopy, takeBenchmark } from './index.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

describe('compareGraphs', () => {
  it('leads from any graph to any other', () => {
    fc.assert(
      fc.property(arbitraryGraph, arbitraryGraph, (a, b) => {
        const target = cloneGraph(a, options);
        const patch = compareGraphs(takeBenchmark(a, options), b, options);
        expect(isIsomorphic(applyPatch(target, patch, options), b)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('leads from one version to the next, and leaves both alone', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([before, after]) => {
        const [a, b] = [buildGraph(before), buildGraph(after)];
        const patch = compareGraphs(takeBenchmark(a, options), b, options);
        expect(isIsomorphic(applyPatch(cloneGraph(a, options), patch, options), b)).toBe(true);
        expect(isIsomorphic(a, buildGraph(before))).toBe(true);
        expect(isIsomorphic(b, buildGraph(after))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('sees every change made in place', () => {
    fc.assert(
      fc.property(arbitraryRecipes, arbitraryMutations, (recipes, mutations) => {
        const graph = buildGraph(recipes);
        const before = cloneGraph(graph, options);
        const benchmark = takeBenchmark(graph, options);
        mutateGraph(graph, mutations);
        const patch = compareGraphs(benchmark, graph, options);
        expect(isIsomorphic(applyPatch(cloneGraph(before, options), patch, options), graph)).toBe(true);
        expect(patch.length === 0).toBe(isIsomorphic(before, graph));
      }),
      { numRuns: 2000 },
    );
  });

  it('sees every change of a working copy', () => {
    fc.assert(
      fc.property(arbitraryRecipes, arbitraryMutations, (recipes, mutations) => {
        const original = buildGraph(recipes);
        const recorded = takeBenchmark(original, options);
        const { value, benchmark } = makeWorkingCopy(recorded);
        expect(isIsomorphic(value, original)).toBe(true);
        expect(compareGraphs(benchmark, value, options)).toEqual([]);
        mutateGraph(value, mutations);
        const patch = compareGraphs(benchmark, value, options);
        expect(isIsomorphic(applyPatch(cloneGraph(original, options), patch, options), value)).toBe(true);
        expect(isIsomorphic(makeWorkingCopy(recorded).value, original)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds nothing where nothing changed: in the same objects, and in a copy', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const benchmark = takeBenchmark(graph, options);
        expect(compareGraphs(benchmark, graph, options)).toEqual([]);
        expect(compareGraphs(benchmark, cloneGraph(graph, options), options)).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a patch', () => {
  const rows = (): { id: number; qty: number }[] => Array.from({ length: 1000 }, (_, id) => ({ id, qty: 1 }));
  type Rows = { rows: { id: number; qty: number }[] };

  it.each<[string, (value: Rows) => void, unknown[]]>([
    ['a row in front', ({ rows: list }) => list.unshift({ id: -1, qty: 1 }), [['splice', 0, 0, 1]]],
    ['a row at the end', ({ rows: list }) => list.push({ id: -1, qty: 1 }), [['splice', 1000, 0, 1]]],
    ['rows removed', ({ rows: list }) => list.splice(10, 5), [['splice', 10, 5, 0]]],
    [
      'a row moved',
      ({ rows: list }) => list.push(...list.splice(0, 1)),
      [
        ['splice', 1000, 0, 1],
        ['splice', 0, 1, 0],
      ],
    ],
    ['a list filtered', (value) => (value.rows = value.rows.filter((row) => row.id !== 7)), [['splice', 7, 1, 0]]],
    ['a row replaced by a copy', ({ rows: list }) => (list[3] = { ...list[3]!, qty: 2 }), [['set', '.rows[3].qty']]],
    [
      'all rows copied, one edited',
      (value) => (value.rows = value.rows.map((row) => ({ ...row, qty: row.id === 3 ? 2 : 1 }))),
      [['set', '.rows[3].qty']],
    ],
    ['a property', ({ rows: list }) => (list[5]!.qty = 3), [['set', '.rows[5].qty']]],
  ])('is small for %s', (_, change, expected) => {
    for (const isCopied of [false, true]) {
      const value: Rows = { rows: rows() };
      const benchmark = takeBenchmark(isCopied ? structuredClone(value) : value);
      change(value);
      const summary = compareGraphs(benchmark, value).map((operation) =>
        operation.op === 'splice'
          ? [operation.op, operation.index, operation.remove, operation.items.length]
          : [operation.op, 'path' in operation ? formatPath('', operation.path) : ''],
      );
      expect(summary).toEqual(expected);
    }
  });

  it('is found 20,000 levels deep', () => {
    const nest = (leaf: number): unknown => {
      let deep: unknown = { leaf };
      for (let level = 0; level < 20_000; level++) deep = level % 2 === 0 ? [deep] : { deep };
      return deep;
    };
    const [a, b] = [nest(1), nest(2)];
    const patch = compareGraphs(takeBenchmark(a), b);
    expect(patch).toHaveLength(1);
    expect(isIsomorphic(applyPatch(cloneGraph(a), patch), b)).toBe(true);
    expect(compareGraphs(takeBenchmark(a), a)).toEqual([]);
  });

  it('is empty when objects changed places that nobody can tell apart', () => {
    const value = { rows: [{ a: 1 }, { a: 1 }, { a: 2 }] };
    const benchmark = takeBenchmark(value);
    [value.rows[0], value.rows[1]] = [value.rows[1]!, value.rows[0]!];
    expect(compareGraphs(benchmark, value)).toEqual([]);
    value.rows.reverse();
    expect(compareGraphs(benchmark, value)).not.toEqual([]);
  });

  it('owns its values', () => {
    const value: { list: { a: number }[] } = { list: [] };
    const benchmark = takeBenchmark(value);
    value.list.push({ a: 1 });
    const patch = compareGraphs(benchmark, value);
    value.list[0]!.a = 2;
    expect(applyPatch({ list: [] as unknown[] }, patch)).toEqual({ list: [{ a: 1 }] });
  });

  it('tells apart everything of the value model', () => {
    const one = {};
    const pairs: [unknown, unknown][] = [
      [0, -0],
      [{ a: undefined }, {}],
      [[undefined], Array(1)],
      [
        { a: one, b: one },
        { a: {}, b: {} },
      ],
      [
        new Map([
          [1, 1],
          [2, 2],
        ]),
        new Map([
          [2, 2],
          [1, 1],
        ]),
      ],
      [new Set([1, 2]), new Set([2, 1])],
      [new Date(0), new Date(Number.NaN)],
      [new Uint8Array([0, 1]), new Uint8Array([0, 2])],
      [new Uint8Array(2), new Int8Array(2)],
      [new Map([[{ a: 1 }, 1]]), new Map([[{ a: 2 }, 1]])],
      [/a/g, /a/],
      [{}, Object.create(null)],
      [1n, 1],
    ];
    for (const [a, b] of pairs) {
      expect(compareGraphs(takeBenchmark([a]), [b])).not.toEqual([]);
      expect(compareGraphs(takeBenchmark([b]), [a])).not.toEqual([]);
    }
    expect(compareGraphs(takeBenchmark({ a: 1, b: Number.NaN }), { b: Number.NaN, a: 1 })).toEqual([]);
  });
});
