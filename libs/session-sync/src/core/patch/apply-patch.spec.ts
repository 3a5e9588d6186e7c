import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryVersions,
  arbitraryRecipes,
  buildGraph,
  GRAPH_CLASSES,
} from '../../../../../test/support/arbitrary-graph.js';
import { cloneGraph, compareGraphs, createClassCatalog, freezeGraph, takeBenchmark } from '../graph/index.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import {
  applyPatch,
  applyPatchToFrozen,
  composePatches,
  invertPatch,
  ObjectAt,
  type Operation,
  PatchMismatchError,
  type Patch,
  patchSize,
  toJsonPatch,
} from './index.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

function diff(before: unknown, after: unknown): Patch {
  return compareGraphs(takeBenchmark(before, options), after, options);
}

function applied(value: unknown, patch: Patch): unknown {
  return applyPatch(cloneGraph(value, options), patch, options);
}

describe('applyPatch', () => {
  it('takes every change of one patch as of before it: parts change places', () => {
    const [x, y] = [{ x: 1 }, { y: 1 }];
    const value: Record<string, unknown> = { a: x, b: y };
    const benchmark = takeBenchmark(value);
    Object.assign(value, { a: y, b: x });
    const target = { a: { x: 1 }, b: { y: 1 } };
    const [oldA, oldB] = [target.a, target.b];
    applyPatch<object>(target, compareGraphs(benchmark, value));
    expect(target.a).toBe(oldB);
    expect(target.b).toBe(oldA);
  });

  it.each<[string, unknown, Operation]>([
    ['a missing property on the way', {}, { op: 'set', path: ['a', 'b'], value: 1 }],
    ['a primitive on the way', { a: 1 }, { op: 'set', path: ['a', 'b'], value: 1 }],
    ['an inherited property', {}, { op: 'set', path: ['constructor', 'x'], value: 1 }],
    ['the prototype', {}, { op: 'set', path: ['__proto__', 'polluted'], value: 1 }],
    ['the prototype of an array', [], { op: 'set', path: ['__proto__', 'polluted'], value: 1 }],
    ['the length of an array', [], { op: 'set', path: ['length'], value: 1 }],
    ['a missing element', [1], { op: 'set', path: [1], value: 1 }],
    ['nothing to delete', {}, { op: 'delete', path: ['a'] }],
    ['a missing Map key', new Map(), { op: 'delete', path: [{ key: 'a' }] }],
    ['a missing Map position', new Map([[undefined, 1]]), { op: 'set', path: [{ valueAt: 1 }], value: 1 }],
    ['too long a splice', [1], { op: 'splice', path: [], index: 1, remove: 1, items: [] }],
    ['a splice of an object', {}, { op: 'splice', path: [], index: 0, remove: 0, items: [] }],
    ['an element that is there', new Set([1]), { op: 'add', path: [], value: 1 }],
    ['bytes past the end', new ArrayBuffer(1), { op: 'bytes', path: [], offset: 1, bytes: new Uint8Array(1) }],
  ])('refuses %s', (_, target, operation) => {
    expect(() => applyPatch(target, [operation])).toThrow(PatchMismatchError);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('keeps __proto__ as data', () => {
    const target: object = applyPatch({}, [{ op: 'set', path: ['__proto__'], value: { polluted: 1 } }]);
    expect(Object.keys(target)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(target)).toBe(Object.prototype);
  });
});

describe('applyPatchToFrozen', () => {
  it('gives what applyPatch gives, frozen, and leaves the old value', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([before, after]) => {
        const frozen = freezeGraph(buildGraph(before), options);
        const patch = diff(buildGraph(before), buildGraph(after));
        const next = applyPatchToFrozen(frozen, patch, options);
        expect(isIsomorphic(next, buildGraph(after))).toBe(true);
        expect(isIsomorphic(frozen, buildGraph(before))).toBe(true);
        if (typeof next === 'object' && next !== null && !ArrayBuffer.isView(next) && Object.keys(next).length > 0) {
          expect(Object.isFrozen(next) || next.constructor.name === 'Money').toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('applyPatchToFrozen', () => {
  it('shares what nothing changed in', () => {
    const frozen = freezeGraph({ a: { x: 1 }, list: [{ y: 1 }, { z: 1 }], map: new Map([['k', { v: 1 }]]) });
    const next = applyPatchToFrozen(frozen, [
      { op: 'set', path: ['list', 0, 'y'], value: 2 },
      { op: 'set', path: ['moved'], value: new ObjectAt(['a']) },
    ]);
    expect(next).toEqual({ a: { x: 1 }, list: [{ y: 2 }, { z: 1 }], map: new Map([['k', { v: 1 }]]), moved: { x: 1 } });
    expect(next.a).toBe(frozen.a);
    expect(next.map).toBe(frozen.map);
    expect(next.list[1]).toBe(frozen.list[1]);
    expect(Object.isFrozen(next.list[0])).toBe(true);
    expect(frozen.list[0]).toEqual({ y: 1 });
  });
});

describe('composePatches', () => {
  it('does what one after the other does', () => {
    fc.assert(
      fc.property(arbitraryVersions, arbitraryRecipes, ([first, second], third) => {
        const [a, b, c] = [buildGraph(first), buildGraph(second), buildGraph(third)];
        expect(isIsomorphic(applied(a, composePatches(diff(a, b), diff(b, c))), c)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('does so for small edits of data with shared parts, too', () => {
    const shared = { x: 1 };
    const value = { a: { child: shared }, b: { child: shared }, n: 1 };
    const set = (...path: string[]): fc.Arbitrary<Patch> =>
      fc.oneof(fc.integer(), fc.constant({ x: 2 })).map((part) => [{ op: 'set', path, value: part }]);
    const edit = fc.oneof(
      set('n'),
      set('a', 'x'),
      set('b', 'x'),
      set('a', 'child'),
      set('b', 'child', 'x'),
      set('new'),
    );
    fc.assert(
      fc.property(edit, edit, (first, second) => {
        const apply = (): unknown => applied(applied(value, first), second);
        let expected: unknown;
        try {
          expected = apply();
        } catch {
          return;
        }
        expect(isIsomorphic(applied(value, composePatches(first, second)), expected)).toBe(true);
      }),
    );
    const twice = composePatches([{ op: 'set', path: ['n'], value: 2 }], [{ op: 'set', path: ['n'], value: 3 }]);
    expect(twice).toEqual([{ op: 'set', path: ['n'], value: 3 }]);
  });
});

describe('invertPatch', () => {
  it('leads back', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([first, second]) => {
        const [a, b] = [buildGraph(first), buildGraph(second)];
        const patch = diff(a, b);
        expect(isIsomorphic(applied(applied(a, patch), invertPatch(patch, a, options)), a)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('toJsonPatch', () => {
  it('says what JSON Patch can say', () => {
    const before = { lines: [{ id: 1, qty: 1 }], note: 'x', at: new Date(0) };
    const after = {
      lines: [
        { id: 0, qty: 1 },
        { id: 1, qty: 2 },
      ],
      at: new Date(1),
    };
    expect(toJsonPatch(diff(before, after))).toEqual([
      { op: 'add', path: '/lines/0/qty', value: 2 },
      { op: 'add', path: '/lines/0', value: { id: 0, qty: 1 } },
      { op: 'add', path: '/at', value: { $date: '1970-01-01T00:00:00.001Z' } },
      { op: 'remove', path: '/note' },
    ]);
  });
});

describe('patchSize', () => {
  it('counts characters of the text', () => {
    expect(patchSize([{ op: 'set', path: ['n'], value: 3 }])).toBe('[["set",["n"],3]]'.length);
  });
});
