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
