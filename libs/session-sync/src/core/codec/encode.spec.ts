import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  arbitraryGraph,
  arbitraryVersions,
  buildGraph,
  GRAPH_CLASSES,
  Line,
} from '../../../../../test/support/arbitrary-graph.js';
import { isIsomorphic } from '../../../../../test/support/isomorphism.js';
import { AttributeDecodeError, UnsupportedValueError } from '../errors/index.js';
import { cloneGraph, compareGraphs, createClassCatalog, takeBenchmark } from '../graph/index.js';
import { applyPatch } from '../patch/index.js';
import { decode, decodePatch, encode, encodeCanonical, encodePatch, passThroughCatalog, utf8Length } from './index.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES) };

describe('encode and decode', () => {
  it('give back any graph, from one line of valid JSON', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const text = encode(graph, options);
        expect(text).not.toContain('\n');
        expect(() => JSON.parse(text) as unknown).not.toThrow();
        expect(isIsomorphic(decode(text, options), graph)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('write plain JSON data as JSON.stringify does', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        fc.pre(!json.includes('"$') && !/(?:^|[^\d.e])-0(?![\d.])/.test(json));
        const parsed: unknown = JSON.parse(json);
        expect(encode(parsed)).toBe(JSON.stringify(parsed));
        expect(decode(json)).toEqual(parsed);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, unknown, string]>([
    ['undefined', undefined, '{"$":"undefined"}'],
    ['-0', -0, '{"$":"-0"}'],
    ['NaN', Number.NaN, '{"$":"NaN"}'],
    ['a bigint', 12n, '{"$bigint":"12"}'],
    ['a date', new Date(0), '{"$date":"1970-01-01T00:00:00.000Z"}'],
    ['an invalid date', new Date(Number.NaN), '{"$date":null}'],
    ['a map', new Map([['a', 1]]), '{"$map":[["a",1]]}'],
    ['a set', new Set([1]), '{"$set":[1]}'],
    ['a regexp', /a/g, '{"$regexp":["a","g",0]}'],
    ['a URL', new URL('https://example.org/'), '{"$url":"https://example.org/"}'],
    ['bytes', new Uint8Array([1, 2]).buffer, '{"$bytes":"AQI="}'],
    ['a typed array', new Uint8Array([1, 2]), '{"$view":["Uint8Array",{"$bytes":"AQI="},0,2]}'],
    ['holes', withHoles(), '[1,{"$holes":2},2]'],
    ['an instance', Object.assign(new Line(), { sku: 'x', qty: 1 }), '{"$class":["Line",{"sku":"x","qty":1}]}'],
    ['keys like tags', { $ref: 1, $$: 2 }, '{"$$ref":1,"$$$":2}'],
    ['a shared object', twice({ a: 1 }), '[{"$def":[1,{"a":1}]},{"$ref":1}]'],
  ])('write %s', (_, value, text) => {
    expect(encode(value, options)).toBe(text);
    expect(isIsomorphic(decode(text, options), value)).toBe(true);
  });

  it('write equal values canonically the same', () => {
    fc.assert(
      fc.property(arbitraryGraph, (graph) => {
        const text = encodeCanonical(graph, options);
        expect(encodeCanonical(decode(encode(graph, options), options), options)).toBe(text);
        expect(encodeCanonical(decode(text, options), options)).toBe(text);
      }),
      { numRuns: 700 },
    );
    const shared = [{}, {}];
    const indexed = { '': shared[0], 10: shared[1], 9: shared[0], $: shared[1] };
    const text = encodeCanonical(indexed);
    expect(text).toBe('{"9":{"$def":[1,{}]},"10":{"$def":[2,{}]},"":{"$ref":1},"$$":{"$ref":2}}');
    expect(isIsomorphic(decode(text), indexed)).toBe(true);
    expect(encodeCanonical({ b: 1, a: 2 })).toBe(encodeCanonical({ a: 2, b: 1 }));
  });

  it('refuse more missing elements in all than are read back', () => {
    const sparse = Array(60_000);
    expect(decode(encode({ sparse }))).toEqual({ sparse });
    expect(() => encode({ sparse, more: Array(60_000) })).toThrow(UnsupportedValueError);
  });

  it('take values nested 20,000 levels deep', () => {
    let deep: unknown = new Map();
    for (let level = 0; level < 20_000; level++) deep = level % 3 === 0 ? [deep] : { deep };
    expect(isIsomorphic(decode(encode(deep)), deep)).toBe(true);
    expect(() => decode(encode(deep), { maxDepth: 19_000 })).toThrow(AttributeDecodeError);
  });

  it('carry instances of unknown classes through', () => {
    const text = encode([new Line(), GRAPH_CLASSES[1]!.fromPlain?.({ cents: 5 })], options);
    const through = { classes: passThroughCatalog() };
    expect(encode(decode(text, through), through)).toBe(text);
    expect(() => decode(text)).toThrow(AttributeDecodeError);
  });
});

describe('encodePatch and decodePatch', () => {
  it('give back any patch', () => {
    fc.assert(
      fc.property(arbitraryVersions, ([before, after]) => {
        const [a, b] = [buildGraph(before), buildGraph(after)];
        const text = encodePatch(compareGraphs(takeBenchmark(a, options), b, options), options);
        const patch = decodePatch(text, options);
        expect(isIsomorphic(applyPatch(cloneGraph(a, options), patch, options), b)).toBe(true);
        expect(encodePatch(patch, options)).toBe(text);
      }),
      { numRuns: 700 },
    );
  });
});

describe('the text of a patch', () => {
  // These are the examples of docs/value-format.md.
  it.each<[unknown, (value: never) => void, string]>([
    [
      { lines: [{ price: 1 }] },
      (cart: { lines: { price: number }[] }) => (cart.lines[0]!.price = 9),
      '[["set",["lines",0,"price"],9]]',
    ],
    [[], (rows: object[]) => rows.unshift({ id: 1 }), '[["splice",[],0,0,[{"id":1}]]]'],
    [
      { byId: new Map([['x', 1]]) },
      (cart: { byId: Map<string, number> }) => cart.byId.delete('x'),
      '[["delete",["byId",{"key":"x"}]]]',
    ],
    [
      { a: { x: { id: 1 } }, b: { x: { id: 2 } } },
      (value: { a: { x: object }; b: { x: object } }) => ([value.a.x, value.b.x] = [value.b.x, value.a.x]),
      '[["set",["a","x"],{"$at":["b","x"]}],["set",["b","x"],{"$at":["a","x"]}]]',
    ],
    [
      { lines: [{}] },
      (cart: { lines: object[]; gift?: object }) => (cart.gift = cart.lines[0]!),
      '[["set",["gift"],{"$at":["lines",0]}]]',
    ],
    [new Set(['a']), (set: Set<string>) => set.add('b'), '[["add",[],"b"]]'],
    [
      new Uint8Array(4),
      (bytes: Uint8Array) => (bytes[2] = 1),
      '[["bytes",[{"buffer":true}],2,{"$view":["Uint8Array",{"$bytes":"AQ=="},0,1]}]]',
    ],
  ])('%#', (value, change, text) => {
    const benchmark = takeBenchmark(value);
    change(value as never);
    expect(encodePatch(compareGraphs(benchmark, value))).toBe(text);
  });
});

describe('utf8Length', () => {
  it('counts as an encoder does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (a, b) => {
        for (const text of [a, b, `${a}\ud800${b}`])
          expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length);
      }),
    );
  });
});

function withHoles(): unknown[] {
  const array: unknown[] = [1];
  array[3] = 2;
  return array;
}

function twice(value: unknown): unknown[] {
  return [value, value];
}
