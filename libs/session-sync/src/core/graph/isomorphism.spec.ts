import { describe, expect, it } from 'vitest';

/**
 * An independent oracle: are two graphs the same, object for object? Compares classes, own keys (in any order), order of
 * Map and Set, bytes, holes, -0, NaN, and that sharing and cycles correspond one to one. Knows nothing of the library;
 * `util.isDeepStrictEqual` won't do (it loses sharing and the order of Map and Set).
 */
export function isIsomorphic(a: unknown, b: unknown): boolean {
  const forth = new Map<object, object>();
  const back = new Map<object, object>();
  const pending: [unknown, unknown][] = [[a, b]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [x, y] = pair;
    if (!isObject(x) || !isObject(y)) {
      if (!Object.is(x, y)) return false;
      continue;
    }
    if (forth.has(x) || back.has(y)) {
      if (forth.get(x) !== y || back.get(y) !== x) return false;
      continue;
    }
    forth.set(x, y);
    back.set(y, x);
    const [p, q] = [partsOf(x), partsOf(y)];
    if (p.length !== q.length) return false;
    for (const [index, part] of p.entries()) pending.push([part, q[index]]);
  }
  return true;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

const HOLE = Symbol('hole');

function partsOf(object: object): unknown[] {
  const tag = Object.prototype.toString.call(object);
  const prototype: unknown = Object.getPrototypeOf(object);
  if (Array.isArray(object)) {
    return [
      'array',
      ...Array.from({ length: object.length }, (_, index): unknown => (index in object ? object[index] : HOLE)),
    ];
  }
  if (object instanceof Map) return ['map', ...[...(object as Map<unknown, unknown>)].flat()];
  if (object instanceof Set) return ['set', ...object];
  if (object instanceof Date) return ['date', object.getTime()];
  if (object instanceof RegExp) return ['regexp', object.source, object.flags, object.lastIndex];
  if (object instanceof URL) return ['url', object.href];
  if (object instanceof ArrayBuffer) return ['buffer', ...new Uint8Array(object)];
  if (ArrayBuffer.isView(object)) return [tag, object.buffer, object.byteOffset, object.byteLength];
  const keys = Object.keys(object).sort();
  const made: unknown = prototype === null ? 'none' : (prototype as { constructor: unknown }).constructor;
  const name =
    typeof made === 'function' && prototype !== Object.prototype ? made.name : prototype === null ? 'none' : 'plain';
  return [name, ...keys, ...keys.map((key) => Object.getOwnPropertyDescriptor(object, key)?.value as unknown)];
}

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
