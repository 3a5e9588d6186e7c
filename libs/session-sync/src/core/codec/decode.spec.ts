import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryGraph, GRAPH_CLASSES, Line, Money } from '../../../../../test/support/arbitrary-graph.js';
import { AttributeDecodeError } from '../errors/index.js';
import { createClassCatalog, takeBenchmark } from '../graph/index.js';
import { decode, decodePatch, encode } from './index.js';

const options = { classes: createClassCatalog(GRAPH_CLASSES), maxNodes: 10_000 };

const arbitraryTaggedJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(0, 1, 2, -1, 'a', '', null, true, 'undefined', 'Line', 'Money', 'Uint8Array', 'AQI='),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', '$$a', '__proto__', 'constructor', 'key'), tie('value'), { maxKeys: 3 }),
    fc
      .tuple(
        fc.constantFrom(
          '$',
          '$bigint',
          '$date',
          '$regexp',
          '$url',
          '$map',
          '$set',
          '$null',
          '$class',
          '$as',
          '$bytes',
          '$view',
          '$holes',
          '$def',
          '$ref',
          '$at',
          '$x',
        ),
        tie('value'),
      )
      .map(([tag, content]) => ({ [tag]: content })),
  ),
})).value;

/** Whether reading answers with a value of the model (nothing half made, no foreign class) or the typed error. */
function isGuarded(read: () => unknown): boolean {
  try {
    takeBenchmark(read(), options);
    return true;
  } catch (error) {
    return error instanceof AttributeDecodeError;
  }
}

function expectPrototypesUnchanged(): void {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  expect(Object.getOwnPropertyNames(Line.prototype).sort()).toEqual(['constructor', 'total']);
  expect(Object.getOwnPropertyNames(Money.prototype)).toEqual(['constructor']);
}

describe('decode', () => {
  it.each([
    ['brackets', '['],
    ['properties', '{"a":'],
    ['tags', '{"$set":['],
    ['brackets with spaces', '[ '],
  ])('refuses five megabytes of nested %s without parsing it', (_, opening) => {
    // It is no JSON either: that this isn't what is said shows that nobody tried.
    const text = opening.repeat(5_000_000 / opening.length);
    expect(() => decode(text)).toThrow(/nested deeper than 100000 levels/);
  });

  it('takes as many levels as are allowed, whatever is around them', () => {
    const around: [string, string, string][] = [
      ['[', '1', ']'],
      ['{"a":', '1', '}'],
      ['{"a}]":["x[{\\"[{",', '1', ']}'],
      ['{"$def":[N,{"$class":["Line",{"sku":', '1', '}]}]}'],
      ['{"$map":[[1,', '1', ']]}'],
      ['{ "$set":[', '1', ']}'],
      [String.raw`{"\u0024null":{"a":`, '1', '}}'],
    ];
    for (const [open, leaf, close] of around) {
      const levels = open.startsWith('{"a}') ? 5 : 10;
      const opened = Array.from({ length: levels }, (__, at) => open.replace('N', String(at + 1))).join('');
      const text = `${opened}${leaf}${close.repeat(levels)}`;
      expect(() => decode(text, { ...options, maxDepth: 10 }), open).not.toThrow();
      expect(() => decode(`[${text}]`, { ...options, maxDepth: 10 }), open).toThrow(AttributeDecodeError);
    }
  });

  it('answers any text with a value or AttributeDecodeError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          arbitraryTaggedJson.map((json) => JSON.stringify(json)),
        ),
        (text) => {
          expect(isGuarded(() => decode(text, options))).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
    expectPrototypesUnchanged();
  });

  it('answers damaged text with a value or AttributeDecodeError', () => {
    fc.assert(
      fc.property(arbitraryGraph, fc.nat(), fc.nat(4), fc.string({ maxLength: 3 }), (graph, at, remove, insert) => {
        const text = encode(graph, options);
        const start = at % (text.length + 1);
        const damaged = text.slice(0, start) + insert + text.slice(start + remove);
        expect(isGuarded(() => decode(damaged, options))).toBe(true);
      }),
      { numRuns: 2000 },
    );
    expectPrototypesUnchanged();
  });

  it('reads patches as guardedly', () => {
    fc.assert(
      fc.property(fc.oneof(arbitraryTaggedJson, fc.array(fc.array(arbitraryTaggedJson, { maxLength: 5 }))), (json) => {
        try {
          decodePatch(JSON.stringify(json), options);
        } catch (error) {
          expect(error).toBeInstanceOf(AttributeDecodeError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['[{"$holes":1}]', '[["delete",[{"$holes":1},"a"]]]', '[["set",["a",{"$holes":2}],1]]'])(
    'refuses a patch with missing parts: %s',
    (text) => expect(() => decodePatch(text)).toThrow(AttributeDecodeError),
  );

  it('keeps __proto__, constructor and prototype as data', () => {
    const value = decode('{"__proto__":{"polluted":1},"constructor":1,"prototype":{"$set":[]}}') as object;
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor', 'prototype']);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    const escaped = decode('{"__proto__":{"polluted":1},"$$a":1}') as object;
    expect(Object.getPrototypeOf(escaped)).toBe(Object.prototype);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each([
    ['more characters', { maxChars: 10 }, '[1,2,3,4,5,6]'],
    ['more values', { maxNodes: 5 }, '[1,2,3,4,5,6]'],
    ['more holes', { maxNodes: 100 }, '[{"$holes":1000}]'],
    ['holes of more arrays than memory is for', { maxNodes: 10_000_000 }, `[${'[{"$holes":60000}],'.repeat(3)}1]`],
    ['more levels', { maxDepth: 3 }, '[[[[[[[]]]]]]]'],
    ['more levels of properties', { maxDepth: 3 }, '{"a":{ "a":{"a":{"a":1}}}}'],
    ['more levels of classes', { maxDepth: 3 }, `${'{"$class":["Line",{"sku":'.repeat(4)}1${'}]}'.repeat(4)}`],
    ['nested images', {}, `${'{"$as":["Money",'.repeat(200)}1${']}'.repeat(200)}`],
    ['nested definitions', {}, `${'{"$def":[1,'.repeat(50_000)}1${']}'.repeat(50_000)}`],
    ['nested views', {}, `${'{"$view":["Uint8Array",'.repeat(50_000)}1${',0,1]}'.repeat(50_000)}`],
    ['an unknown class', {}, '{"$class":["Object",{}]}'],
    ['a reference to nothing', {}, '{"$ref":1}'],
    ['a reference into prototypes', {}, '{"$ref":"constructor"}'],
    ['an unknown tag', {}, '{"$ctor":1}'],
    ['a reference of a patch', {}, '{"$at":[]}'],
    ['a view past its bytes', {}, '{"$view":["Uint32Array",{"$bytes":"AQI="},0,2]}'],
  ])('refuses %s', (_, limits, text) => {
    expect(() => decode(text, { ...options, ...limits })).toThrow(AttributeDecodeError);
  });
});
