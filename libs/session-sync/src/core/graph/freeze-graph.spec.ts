import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ImmutableAttributeError, UnsupportedValueError } from '../errors/index.js';
import { arbitraryRecipes, buildGraph, GRAPH_CLASSES, Line } from '../../../../../test/support/arbitrary-graph.js';
import { cloneGraph, containsUnfreezable, createClassCatalog, freezeGraph, readOnlyView } from './index.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

describe('cloneGraph', () => {
  it('gives the same graph, sharing nothing, also of a frozen one', () => {
    fc.assert(
      fc.property(arbitraryRecipes, (recipes) => {
        const graph = buildGraph(recipes);
        const copy = cloneGraph(graph, options);
        expect(copy).not.toBe(graph);
        expect(isIsomorphic(copy, graph)).toBe(true);
        expect(isIsomorphic(cloneGraph(freezeGraph(graph, options), options), copy)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe('freezeGraph', () => {
  const frozen = freezeGraph(
    {
      map: new Map([['a', { b: 1 }]]),
      set: new Set([1]),
      date: new Date(0),
      url: new URL('https://example.org/?q=1'),
      regexp: /a/,
      list: [{ c: 1 }],
      line: Object.assign(new Line(), { sku: 'x' }),
    },
    options,
  );

  it.each<[string, () => unknown]>([
    ['Map.set', () => frozen.map.set('x', { b: 2 })],
    ['Map.delete', () => frozen.map.delete('a')],
    ['Map.clear', () => frozen.map.clear()],
    ['Set.add', () => frozen.set.add(2)],
    ['Set.delete', () => frozen.set.delete(1)],
    ['Set.clear', () => frozen.set.clear()],
    ['Date.setTime', () => frozen.date.setTime(1)],
    ['Date.setFullYear', () => frozen.date.setFullYear(1)],
    ['URL.href', () => (frozen.url.href = 'https://example.com/')],
    ['URL.search', () => (frozen.url.search = '')],
  ])('makes %s throw', (_, write) => {
    expect(write).toThrow(ImmutableAttributeError);
  });

  it.each<[string, () => unknown]>([
    ['a property in a Map', () => (frozen.map.get('a')!.b = 2)],
    ['an element', () => frozen.list.push({ c: 2 })],
    ['a property in an array', () => (frozen.list[0]!.c = 2)],
    ['a property of an instance', () => (frozen.line.sku = 'y')],
  ])('makes writing %s throw', (_, write) => {
    expect(write).toThrow(TypeError);
  });

  it('leaves reading as it was', () => {
    expect(frozen.map).toBeInstanceOf(Map);
    expect([...frozen.map.keys(), ...frozen.set]).toEqual(['a', 1]);
    expect(frozen.date.toISOString()).toBe('1970-01-01T00:00:00.000Z');
    frozen.url.searchParams.set('q', '2');
    expect(frozen.url.href).toBe('https://example.org/?q=1');
    expect(frozen.regexp.test('cat')).toBe(true);
    expect(JSON.stringify(frozen.date)).toBe('"1970-01-01T00:00:00.000Z"');
  });

  it('refuses a Map that only Object.freeze froze', () => {
    expect(() => freezeGraph(Object.freeze(new Map()))).toThrow(UnsupportedValueError);
  });
});

describe('readOnlyView', () => {
  it('is the value itself, unless something in it stays changeable', () => {
    const plain = freezeGraph({ a: [1] });
    expect(readOnlyView(plain)).toBe(plain);
    const binary = freezeGraph({ bytes: new Uint8Array([1]) });
    expect(containsUnfreezable(binary)).toBe(true);
    readOnlyView(binary).bytes[0] = 9;
    expect(binary.bytes[0]).toBe(1);
  });
});
