import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryVersions, buildGraph, GRAPH_CLASSES } from '../../../../../test/support/arbitrary-graph.js';
import { cloneGraph, compareGraphs, createClassCatalog, freezeGraph, takeBenchmark } from '../graph/index.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { applyPatchToFrozen, isTree, keepsTree, ObjectAt, type Patch } from './index.js';

/** More parts than one call takes arguments. */
const MANY = 150_000;

/** The patch that `change` makes of a copy of `value`, and that copy. */
function patchOf<T>(value: T, change: (copy: T) => void): { readonly patch: Patch; readonly after: T } {
  const after = cloneGraph(value);
  change(after);
  return { patch: compareGraphs(takeBenchmark(value), after), after };
}

describe('a patch on a frozen value', () => {
  it.each([
    ['an empty array', { lines: [] as unknown[] }],
    ['an array of objects', { lines: [{ sku: 'a' }, { sku: 'b' }] as unknown[] }],
  ])('changes %s that it holds, in the result only', (_what, value) => {
    const frozen = freezeGraph(structuredClone(value));
    const { patch, after } = patchOf(value, ({ lines }) => lines.push({ sku: 'new' }));
    expect(applyPatchToFrozen(frozen, patch)).toEqual(after);
    expect(frozen).toEqual(value);
  });

  it.each([
    ['holes', [1, , { x: 1 }, undefined]],
    ['nothing but holes', Array(3)],
    ['-0 and NaN', [-0, Number.NaN, { x: 1 }]],
  ])('keeps %s in an array that is copied', (_what, list: unknown[]) => {
    const frozen = freezeGraph({ list });
    const next = applyPatchToFrozen(frozen, [{ op: 'set', path: ['list', 0], value: 'new' }]);
    const expected = cloneGraph(list);
    expected[0] = 'new';
    expect(isIsomorphic(next.list, expected)).toBe(true);
    expect([Object.isFrozen(next.list), frozen.list[0]]).toEqual([true, list[0]]);
  });

  it('freezes what the patch brought, inside of what it moved too', () => {
    const frozen = freezeGraph<Record<string, unknown>>({ a: { b: {} }, list: [{}] });
    const next = applyPatchToFrozen(frozen, [
      { op: 'set', path: ['a', 'b'], value: { deep: [new Date(0)] } },
      { op: 'set', path: ['moved'], value: { a: new ObjectAt(['a']) } },
      { op: 'splice', path: ['list'], index: 0, remove: 0, items: [{ inner: { x: 1 } }] },
    ]);
    const seen = new Set<unknown>([next]);
    for (const part of seen) {
      if (typeof part !== 'object' || part === null) continue;
      expect(Object.isFrozen(part)).toBe(true);
      for (const inner of Object.values(part)) seen.add(inner);
    }
    expect(seen.size).toBeGreaterThan(8);
  });

  it('changes objects that only their position names, and shares the others', () => {
    const [key, other] = [{ k: 1 }, { k: 2 }];
    const frozen = freezeGraph({
      set: new Set([{ n: 1 }, { n: 2 }]),
      map: new Map([
        [key, { v: 1 }],
        [other, { v: 2 }],
      ]),
      bytes: new Uint8Array([1, 2, 3]),
      untouched: { x: 1 },
    });
    const { patch, after } = patchOf(frozen, (copy) => {
      for (const element of copy.set) element.n *= 10;
      for (const [each, value] of copy.map) if (each.k === 2) Object.assign(each, { k: 3 }, { value: value.v++ });
      copy.bytes[1] = 9;
    });
    const next = applyPatchToFrozen(frozen, patch);
    expect(next).toEqual(after);
    expect([...next.map.keys()][0]).toBe([...frozen.map.keys()][0]);
    expect(next.untouched).toBe(frozen.untouched);
    expect([...frozen.bytes]).toEqual([1, 2, 3]);
    expect([...frozen.set]).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('comes to the same whether or not it is said that no object is held twice', () => {
    const options = { classes: createClassCatalog(GRAPH_CLASSES) };
    fc.assert(
      fc.property(arbitraryVersions, ([before, after]) => {
        const frozen = freezeGraph(buildGraph(before), options);
        const patch = compareGraphs(takeBenchmark(frozen, options), buildGraph(after), options);
        const told = applyPatchToFrozen(frozen, patch, { ...options, isTree: isTree(frozen) });
        expect(isIsomorphic(told, buildGraph(after))).toBe(true);
        // Without it everything is copied: an answer that knows no sharing between versions.
        const copied = applyPatchToFrozen(frozen, patch, { ...options, isTree: false });
        expect(isIsomorphic(told, copied)).toBe(true);
        expect(isTree(frozen) && keepsTree(patch) && !isTree(told)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('asks again what is held twice when a stage may have changed that', () => {
    const frozen = freezeGraph<Record<string, unknown>>({ a: { x: 1 } });
    const next = applyPatchToFrozen(
      frozen,
      [
        { op: 'set', path: ['b'], value: new ObjectAt(['a']) },
        { op: 'then' },
        { op: 'set', path: ['a', 'x'], value: 2 },
      ],
      { isTree: true },
    );
    expect(next).toEqual({ a: { x: 2 }, b: { x: 2 } });
    expect(next['a']).toBe(next['b']);
  });

  it.each([
    ['an array', Array.from({ length: MANY }, (_, index) => ({ index }))],
    ['an object', Object.fromEntries(Array.from({ length: MANY }, (_, index) => [`k${index}`, index]))],
    ['a Map', new Map(Array.from({ length: MANY }, (_, index) => [index, index]))],
    ['a Set', new Set(Array.from({ length: MANY }, (_, index) => index))],
  ])(`takes %s of ${MANY} parts`, { timeout: 60_000 }, (_what, value) => {
    const patch: Patch = [{ op: 'set', path: ['all'], value }];
    expect(keepsTree(patch)).toBe(true);
    expect(applyPatchToFrozen(freezeGraph<{ all?: unknown }>({}), patch).all).toEqual(value);
  });
});
