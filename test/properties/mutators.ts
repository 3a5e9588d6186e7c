/** What a step of a program has at hand: a number to choose by, and a value to put somewhere. */
export interface Hand {
  readonly at: number;
  readonly value: unknown;
}

/** Changes an object in place in one way. */
export type Mutator<T extends object = object> = (object: T, hand: Hand) => unknown;

/** An order of any values that calls nothing of theirs. */
function inOrder(a: unknown, b: unknown): number {
  const rank = (value: unknown): number => (typeof value === 'number' ? value : (typeof value).length * 1e9);
  return rank(a) - rank(b) || 0;
}

const ARRAY: readonly Mutator<unknown[]>[] = [
  (array, { value }) => array.push(value),
  (array, { value }) => array.push(value, 1, value),
  (array) => array.pop(),
  (array) => array.shift(),
  (array, { value }) => array.unshift(value),
  (array, { at }) => array.splice(at % (array.length + 1), 2),
  (array, { at, value }) => array.splice(at % (array.length + 1), 1, value, value),
  (array, { at }) => array.splice(-1 - (at % 3)),
  (array, { value }) => array.splice(0, array.length, value, ...array),
  (array) => array.reverse(),
  (array) => array.sort(inOrder),
  (array) => array.sort((a, b) => inOrder(b, a)),
  (array, { at, value }) => array.fill(value, at % (array.length + 1)),
  (array, { at }) => array.copyWithin(0, at % (array.length + 1)),
  (array, { at, value }) => (array[at % (array.length + 2)] = value),
  (array, { at }) => (array.length = at % (array.length + 2)),
  (array, { at }) => Reflect.deleteProperty(array, at % (array.length + 1)),
  (array, { at, value }) => Array.prototype.push.apply(array, [value, at]),
  (array, { value }) => Array.prototype.unshift.call(array, value),
  (array, { at }) => array.forEach((_, index) => index % 2 === at % 2 && (array[index] = at)),
  (array) => ([array[0], array[1]] = [array[1], array[0]]),
  (array, { at, value }) =>
    Object.defineProperty(array, at % (array.length + 1), {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    }),
  (array, { value }) => Object.assign(array, [value]),
  (array, { value }) => array.push(...array.map((_, index) => index), ...array.slice(0, 1), value),
];

const MAP: readonly Mutator<Map<unknown, unknown>>[] = [
  (map, { at, value }) => map.set([...map.keys()][at % (map.size + 1)], value),
  (map, { at, value }) => map.set(at, value),
  (map, { at, value }) => map.set(value, at),
  (map, { at }) => map.delete([...map.keys()][at % (map.size + 1)]),
  (map) => map.clear(),
  (map) => {
    const [first] = map;
    if (first === undefined) return;
    map.delete(first[0]);
    map.set(...first);
  },
  (map, { at }) => map.forEach((_, key) => key === at && map.delete(key)),
  (map, { value }) => {
    for (const key of map.keys()) map.set(key, value);
  },
  (map, { at }) => {
    for (const [, part] of map.entries()) if (Array.isArray(part)) part.push(at);
  },
];

const SET: readonly Mutator<Set<unknown>>[] = [
  (set, { value }) => set.add(value),
  (set, { at }) => set.add(at),
  (set, { at }) => set.delete([...set][at % (set.size + 1)]),
  (set) => set.clear(),
  (set) => {
    const [first] = set;
    if (set.delete(first)) set.add(first);
  },
  (set, { at }) => set.forEach((part) => Array.isArray(part) && part.push(at)),
  (set) => {
    for (const [part] of set.entries()) if (typeof part === 'number' && set.delete(part)) set.add(`was ${part}`);
  },
];

/** All of them, by name: `setTime`, `setUTCHours`, … */
const DATE: readonly Mutator<Date>[] = Object.getOwnPropertyNames(Date.prototype)
  .filter((name) => name.startsWith('set'))
  .map(
    (name) =>
      (date, { at }) =>
        (Reflect.get(date, name) as (value: number) => number).call(date, at),
  );

type Numbers = Uint8Array | Uint16Array;

const TYPED: readonly Mutator<Numbers>[] = [
  (array, { at }) => (array[at % array.length] = at),
  (array, { at }) => array.set([at], at % array.length),
  (array, { at }) => array.fill(at, 1),
  (array) => array.sort(),
  (array) => array.reverse(),
  (array, { at }) => array.copyWithin(0, at % array.length),
  (array, { at }) => Buffer.from(array.buffer).writeUInt8(at % 256, 0),
  (array) => Buffer.from(array.buffer).swap16(),
  (array, { at }) => Buffer.from(array.buffer, array.byteOffset, array.byteLength).fill(at),
  (array, { at }) => new Uint8Array(array.buffer).fill(at, 0, 1),
  (array, { at }) => new DataView(array.buffer).setInt16(0, at),
  (array, { at }) => array.subarray(1).fill(at),
];

const VIEW: readonly Mutator<DataView>[] = [
  (view, { at }) => view.setUint8(at % view.byteLength, at),
  (view, { at }) => view.setFloat32(0, at),
  (view, { at }) => view.setBigInt64(0, BigInt(at)),
];

const OBJECT: readonly Mutator<Record<string, unknown>>[] = [
  (object, { at, value }) => (object[keyOf(object, at)] = value),
  (object, { value }) => (object['fresh'] = value),
  (object, { at }) => Reflect.deleteProperty(object, keyOf(object, at)),
  (object, { at, value }) => Object.assign(object, { [keyOf(object, at)]: value, more: at }),
  (object, { at, value }) =>
    Object.defineProperty(object, keyOf(object, at), { value, writable: true, enumerable: true, configurable: true }),
  (object, { at, value }) =>
    Object.defineProperties(object, { [`k${at}`]: { value, enumerable: true, configurable: true } }),
  (object, { at, value }) => Reflect.set(object, keyOf(object, at), value),
  (object, { value }) => Object.entries(object).forEach(([key, part]) => part === 1 && (object[key] = value)),
  (object, { value }) => (object['nested'] = { ...object, value }),
  // A getter may not be stored, but what is defined and taken back is.
  (object, { value }) => {
    Object.defineProperty(object, 'fresh', { value, writable: true, enumerable: false, configurable: true });
    Object.defineProperty(object, 'fresh', { enumerable: true });
  },
];

function keyOf(object: object, at: number): string {
  return Object.keys(object)[at % (Object.keys(object).length + 1)] ?? 'other';
}

/** The ways to change an object of this kind. */
export function mutatorsOf(object: object): readonly Mutator[] {
  const of = <T extends object>(list: readonly Mutator<T>[]) => list as readonly Mutator[];
  if (Array.isArray(object)) return of(ARRAY);
  if (object instanceof Map) return of(MAP);
  if (object instanceof Set) return of(SET);
  if (object instanceof Date) return of(DATE);
  if (object instanceof Uint8Array || object instanceof Uint16Array) return of(TYPED);
  if (object instanceof DataView) return of(VIEW);
  if (object instanceof ArrayBuffer) return [(buffer, { at }) => (new Uint8Array(buffer as ArrayBuffer)[1] = at)];
  if (object instanceof RegExp) return [(regexp, { at }) => ((regexp as RegExp).lastIndex = at)];
  if (object instanceof URL) return [(url, { at }) => (url as URL).searchParams.set('at', String(at))];
  return of(OBJECT);
}
