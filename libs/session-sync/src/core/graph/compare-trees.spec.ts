import { describe, expect, it } from 'vitest';
import { createClassCatalog } from './class-catalog.js';
import { compareGraphs } from './compare-graphs.js';
import { compareTrees } from './compare-trees.js';
import { freezeGraph } from './freeze-graph.js';
import { takeBenchmark } from './take-benchmark.js';

/** The operations by trees and by graphs of two values that share nothing. */
function compared(before: object, after: object, prototype?: object) {
  const classes = createClassCatalog(prototype === undefined ? [] : [{ name: 'Line', prototype }]);
  return {
    trees: compareTrees(freezeGraph(before, { classes }), freezeGraph(after, { classes }), { classes }),
    graphs: compareGraphs(takeBenchmark(before, { classes }), after, { classes }),
  };
}

describe('compareTrees', () => {
  it('takes what a class gives all its instances for no part of one', () => {
    class Line {
      declare qty: number;
    }
    Object.defineProperty(Line.prototype, 'qty', { value: 1, writable: true });
    const before = Object.defineProperty(new Line(), 'qty', {
      value: 1,
      enumerable: true,
      writable: true,
      configurable: true,
    });
    const { trees, graphs } = compared(before, new Line(), Line.prototype);
    expect(trees).toEqual([{ op: 'delete', path: ['qty'] }]);
    expect(trees).toEqual(graphs);
  });

  it('calls no accessor of a class', () => {
    let calls = 0;
    class Line {
      get total(): number {
        return ++calls;
      }
    }
    const own = { value: 1, enumerable: true, writable: true, configurable: true };
    const { trees } = compared(Object.defineProperty(new Line(), 'total', own), new Line(), Line.prototype);
    expect(trees).toEqual([{ op: 'delete', path: ['total'] }]);
    expect(calls).toBe(0);
  });

  it('compares arrays in arrays once, however deep they are', () => {
    const nested = (leaf: unknown): object => {
      let array: unknown[] = [leaf];
      for (let depth = 0; depth < 150; depth++) array = [array];
      return array;
    };
    const { trees } = compared(nested(1), nested(2));
    expect(trees).toEqual([{ op: 'set', path: Array.from({ length: 151 }, () => 0), value: 2 }]);
  });

  it('takes an object with another key for another object', () => {
    const { trees, graphs } = compared({ current: { id: 1, qty: 1 } }, { current: { id: 2, qty: 1 } });
    expect(trees).toEqual([{ op: 'set', path: ['current'], value: { id: 2, qty: 1 } }]);
    expect(trees).toEqual(graphs);
  });

  it('takes an object that got a key for the same object', () => {
    const { trees, graphs } = compared({ order: { total: 5 } }, { order: { total: 5, id: 7 } });
    expect(trees).toEqual([{ op: 'set', path: ['order', 'id'], value: 7 }]);
    expect(trees).toEqual(graphs);
  });

  it('leaves it to graphs where elements may have changed places', () => {
    const [a, b] = [freezeGraph({ n: 1 }), freezeGraph({ n: 2 })];
    expect(compareTrees(freezeGraph([a, b]), freezeGraph([b, a]))).toBeUndefined();
    const rows = [
      { id: 1, qty: 1 },
      { id: 2, qty: 1 },
    ];
    expect(compared(rows, rows.toReversed()).trees).toBeUndefined();
    expect(compared(rows, [{ id: 1, qty: 2 }, rows[1]]).trees).toEqual([{ op: 'set', path: [0, 'qty'], value: 2 }]);
  });
});
