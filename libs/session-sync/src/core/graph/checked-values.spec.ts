import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encode } from '../codec/index.js';
import { arbitraryGraph, GRAPH_CLASSES } from '../../../../../test/support/arbitrary-graph.js';
import { cloneGraph, compareGraphs, createClassCatalog, freezeGraph, makeWorkingCopy, takeBenchmark } from './index.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };
const checked = { ...options, isChecked: true };

describe('a value known to hold data only', () => {
  it('gives the same benchmark and the same text as one that is looked at', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const frozen = freezeGraph(cloneGraph(graph, options), options);
        const { objects, shapes, starts, slots, reachedThrough, hasSharing } = takeBenchmark(frozen, options);
        const parts = { objects, shapes, starts, reachedThrough, hasSharing };
        const read = takeBenchmark(frozen, checked);
        expect(read).toMatchObject(parts);
        expect(read.slots.length).toBe(slots.length);
        expect(compareGraphs(read, graph, options)).toEqual([]);
        expect(compareGraphs(makeWorkingCopy(read).benchmark, frozen, options)).toEqual([]);
        expect(encode(frozen, checked)).toBe(encode(frozen, options));
      }),
      { numRuns: 500 },
    );
  });

  it('is looked at all the same while all objects inherit something enumerable', () => {
    const value = { a: 1, b: [{ c: 2 }] };
    const found: unknown[] = [];
    Reflect.defineProperty(Object.prototype, 'inherited', {
      value: 1,
      enumerable: true,
      configurable: true,
      writable: true,
    });
    try {
      found.push(takeBenchmark(value, { isChecked: true }).slots.length, encode(value, { isChecked: true }));
    } finally {
      Reflect.deleteProperty(Object.prototype, 'inherited');
    }
    expect(found).toEqual([4, '{"a":1,"b":[{"c":2}]}']);
  });

  it('calls no getter unless the caller said that there is none', () => {
    let calls = 0;
    const value = {
      get sum() {
        return ++calls;
      },
    };
    expect(() => takeBenchmark(value)).toThrow(/value\.sum: a getter can't be stored/);
    expect(() => encode(value)).toThrow(/value\.sum: a getter can't be stored/);
    expect(calls).toBe(0);
  });

  it('tells thousands of differently named objects apart', () => {
    const rows = Array.from({ length: 3000 }, (_, row) => ({ [`a${row % 1500}`]: row, [`b\n${row % 700}`]: 1 }));
    const benchmark = takeBenchmark(rows, { isChecked: true });
    expect(new Set(benchmark.shapes.map(({ keys }) => JSON.stringify(keys))).size).toBe(1 + 3000);
    for (const [node, object] of benchmark.objects.entries()) {
      if (node > 0) expect(benchmark.shapes[node]?.keys).toEqual(Object.keys(object));
    }
    expect(makeWorkingCopy(benchmark).value).toEqual(rows);
  });
});
