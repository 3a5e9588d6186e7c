import { describe, expect, it } from 'vitest';
import { isIsomorphic } from './isomorphism.js';

describe('isIsomorphic', () => {
  const one = { a: 1 };
  it.each<[string, unknown, unknown]>([
    ['shared or split', [one, one], [{ a: 1 }, { a: 1 }]],
    ['0 or -0', [0], [-0]],
    ['undefined or missing', { a: undefined }, {}],
    ['undefined or a hole', [undefined], Array(1)],
    [
      'the order of a Map',
      new Map([
        [1, 1],
        [2, 2],
      ]),
      new Map([
        [2, 2],
        [1, 1],
      ]),
    ],
    ['the order of a Set', new Set([1, 2]), new Set([2, 1])],
    ['the class', new Date(0), {}],
    ['a null prototype', Object.create(null), {}],
    ['one byte', new Uint8Array([1]), new Uint8Array([2])],
    ['the window', new Uint8Array(new ArrayBuffer(2), 0, 1), new Uint8Array(new ArrayBuffer(2), 1, 1)],
  ])('tells apart %s', (_, a, b) => {
    expect(isIsomorphic(a, b)).toBe(false);
    expect(isIsomorphic(b, a)).toBe(false);
  });

  it('takes cycles for cycles of the same length only', () => {
    const self: unknown[] = [];
    self.push(self);
    const pair: unknown[] = [];
    pair.push([pair]);
    const other: unknown[] = [];
    other.push(other);
    expect(isIsomorphic(self, other)).toBe(true);
    expect(isIsomorphic(self, pair)).toBe(false);
  });

  it('ignores the order of properties', () => expect(isIsomorphic({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(true));
});
