import { describe, expect, it } from 'vitest';
import { UnsupportedValueError } from '../errors/index.js';
import { encode } from '../codec/index.js';
import { Line } from '../../../../../test/support/arbitrary-graph.js';
import { cloneGraph, compareGraphs, takeBenchmark } from './index.js';

class Cart extends Map {}

const calls: string[] = [];
const withGetter = {
  get total(): number {
    calls.push('total');
    return 1;
  },
};

const CASES: [string, unknown, string][] = [
  ['a function', { a: [() => 1] }, 'cart.a[0]'],
  ['a symbol', { a: Symbol('x') }, 'cart.a'],
  ['a symbol as key', { a: { [Symbol('x')]: 1 } }, 'cart.a'],
  ['a symbol in a Map', { a: new Map([['k', Symbol('x')]]) }, 'cart.a.values()[0]'],
  ['a getter', { a: withGetter }, 'cart.a.total'],
  ['a promise', { 'a b': Promise.resolve() }, 'cart["a b"]'],
  ['a WeakMap', [new WeakMap()], 'cart[0]'],
  ['an error', new Map([['x', new Error('x')]]), 'cart.get("x")'],
  ['a boxed primitive', { a: { b: Object(1) as unknown } }, 'cart.a.b'],
  ['an unregistered class', { lines: [1, 2, { line: new Line() }] }, 'cart.lines[2].line'],
  ['a class that extends a built-in one', { c: new Cart() }, 'cart.c'],
  ['an object that only looks like a Map', { c: Object.create(Map.prototype) as unknown }, 'cart.c'],
  ['shared memory', { c: new SharedArrayBuffer(1) }, 'cart.c'],
  ['a bigint without end', { c: 10n ** 30_001n }, 'cart.c'],
  ['an array with too many holes', { c: Array(100_001) }, 'cart.c'],
];

describe.each<[string, (value: unknown) => unknown]>([
  ['takeBenchmark', (value) => takeBenchmark(value, { name: 'cart' })],
  ['compareGraphs', (value) => compareGraphs(takeBenchmark(undefined), value, { name: 'cart' })],
  ['cloneGraph', (value) => cloneGraph(value, { name: 'cart' })],
  ['encode', (value) => encode(value, { name: 'cart' })],
])('%s refuses', (_, use) => {
  it.each(CASES)('%s', (__, value, path) => {
    expect(() => use(value)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED_VALUE', path }));
    expect(() => use(value)).toThrow(UnsupportedValueError);
    expect(calls).toEqual([]);
  });
});

describe('compareGraphs', () => {
  it('calls no getter that was added to an object it knows', () => {
    const value = { a: 1, inner: { b: 1 } };
    const benchmark = takeBenchmark(value);
    Object.defineProperty(value.inner, 'total', {
      enumerable: true,
      get: () => calls.push('added'),
    });
    expect(() => compareGraphs(benchmark, value)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VALUE', path: 'value.inner.total' }),
    );
    expect(calls).toEqual([]);
  });

  it('drops no symbol key from an object in which a value changed', () => {
    const value = { inner: { b: 1 } };
    const benchmark = takeBenchmark(value);
    Object.assign(value.inner, { b: 2, [Symbol('x')]: 1 });
    expect(() => compareGraphs(benchmark, value)).toThrow(
      expect.objectContaining({ code: 'UNSUPPORTED_VALUE', path: 'value.inner' }),
    );
  });

  it('calls no getter that came since', () => {
    const value: Record<string, unknown> = { a: 1, inner: { b: 1 } };
    const benchmark = takeBenchmark(value);
    value['inner'] = withGetter;
    expect(() => compareGraphs(benchmark, value)).toThrow(UnsupportedValueError);
    expect(() => compareGraphs(takeBenchmark({ total: 1 }), withGetter)).toThrow(UnsupportedValueError);
    expect(calls).toEqual([]);
  });
});
