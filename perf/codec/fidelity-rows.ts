import { Line } from '../line.js';

/** Something that a codec gives back or doesn't. */
export interface FidelityRow {
  readonly name: string;
  readonly value: object;
  /** Looks at what came back by plain means: no comparison of ours has a say. */
  readonly isKept: (decoded: object) => boolean;
}

const LEVELS = 20_000;

export function fidelityRows(): readonly FidelityRow[] {
  return [...primitiveRows(), ...builtInRows(), ...binaryRows(), ...graphRows()];
}

function row<T extends object>(name: string, value: T, isKept: (decoded: T) => boolean): FidelityRow {
  return { name, value, isKept: isKept as (decoded: object) => boolean };
}

function primitiveRows(): readonly FidelityRow[] {
  const withHole: (number | undefined)[] = [1, 2, 3];
  Reflect.deleteProperty(withHole, 1);
  return [
    row('undefined, apart from missing', { a: undefined }, (decoded) => 'a' in decoded && decoded.a === undefined),
    row('holes', { list: withHole }, ({ list }) => list.length === 3 && !(1 in list) && list[2] === 3),
    row('-0', { a: -0 }, ({ a }) => Object.is(a, -0)),
    row('NaN, Infinity', { a: [Number.NaN, Infinity] }, ({ a }) => Number.isNaN(a[0]) && a[1] === Infinity),
    row('BigInt', { a: 2n ** 80n }, ({ a }) => a === 2n ** 80n),
  ];
}

function builtInRows(): readonly FidelityRow[] {
  const map = new Map<unknown, unknown>([
    ['b', 1],
    [2, { x: 2 }],
  ]);
  const key = { id: 1 };
  return [
    row('Date', { at: new Date(5) }, ({ at }) => at instanceof Date && at.getTime() === 5),
    row('invalid Date', { at: new Date(Number.NaN) }, ({ at }) => at instanceof Date && Number.isNaN(at.getTime())),
    row('Map, in order', { map }, ({ map }) => {
      return map instanceof Map && [...map.keys()].join() === 'b,2' && (map.get(2) as { x: number }).x === 2;
    }),
    row('Map with an object as key', { map: new Map([[key, 'one']]), key }, ({ map, key }) => map.get(key) === 'one'),
    row('Set, in order', { set: new Set(['b', 2]) }, ({ set }) => set instanceof Set && [...set].join() === 'b,2'),
    row('RegExp', { a: /x\/y/gi }, ({ a }) => a instanceof RegExp && String(a) === String.raw`/x\/y/gi`),
    row('URL', { a: new URL('https://example.org/a?b') }, ({ a }) => {
      return a instanceof URL && a.href === 'https://example.org/a?b';
    }),
  ];
}

function binaryRows(): readonly FidelityRow[] {
  const bytes = new ArrayBuffer(4);
  const views = { first: new Uint8Array(bytes), second: new DataView(bytes, 1, 2) };
  return [
    row('typed array', { list: new Float64Array([1, 2]) }, ({ list }) => {
      return list instanceof Float64Array && list.join() === '1,2';
    }),
    row('ArrayBuffer', { a: new Uint8Array([1, 2]).buffer }, ({ a }) => {
      return a instanceof ArrayBuffer && new Uint8Array(a).join() === '1,2';
    }),
    row('two views of one buffer', views, ({ first, second }) => {
      return second instanceof DataView && first.buffer === second.buffer && second.byteOffset === 1;
    }),
  ];
}

interface Ring {
  name: string;
  self?: Ring;
}

interface Level {
  next?: Level;
  leaf?: number;
}

function graphRows(): readonly FidelityRow[] {
  const one = { x: 1 };
  const ring: Ring = { name: 'a' };
  ring.self = ring;
  const bare = Object.assign(Object.create(null) as Record<string, number>, { a: 1 });
  let deep: Level = { leaf: 1 };
  for (let depth = 1; depth < LEVELS; depth++) deep = { next: deep };
  return [
    row('sharing', { a: one, b: one }, ({ a, b }) => a === b && a.x === 1),
    row('cycles', ring, (decoded) => decoded.self === decoded && decoded.name === 'a'),
    row('class instances', { line: new Line('x', 1) }, ({ line }) => line instanceof Line && line.quantity === 1),
    row('no prototype', { bare }, ({ bare }) => Object.getPrototypeOf(bare) === null && bare['a'] === 1),
    row('20,000 levels', deep, (decoded) => depthOf(decoded) === LEVELS),
    row('`__proto__` as a key', JSON.parse('{"__proto__":{"x":1}}') as object, isOwnProto),
  ];
}

function depthOf(value: Level): number {
  let levels = 1;
  for (let level = value; level.next !== undefined; level = level.next) levels += 1;
  return levels;
}

/** Data, and nothing else: neither the prototype of this object nor anybody else's. */
function isOwnProto(decoded: object): boolean {
  return Object.hasOwn(decoded, '__proto__') && Object.getPrototypeOf(decoded) === Object.prototype;
}
