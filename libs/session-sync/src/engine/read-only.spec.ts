import { beforeEach, describe, expect, it } from 'vitest';
import { declareAttribute } from '../core/access/index.js';
import { encode } from '../core/codec/index.js';
import { createClassCatalog } from '../core/graph/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { MemoryNode } from '../testing/memory-node.js';

class Line {
  qty = 1;
  seen = new Set(['a']);

  grow(): void {
    this.qty += 1;
  }
}

const make = () => ({
  list: [3, 1, 2],
  nested: { rows: [{ qty: 1 }] },
  map: new Map([['a', { n: 1 }]]),
  set: new Set([1]),
  date: new Date(0),
  url: new URL('https://example.org/'),
  regexp: /a/g,
  line: new Line(),
  bytes: new Uint8Array([1, 2, 3]),
});

type Content = ReturnType<typeof make>;

/** The same content twice: what `read` hands out of it is read-only whatever the declaration. */
class Session {
  immutable = make();
  mutable = make();
  line = new Line();
}
declareAttribute(Session.prototype, 'immutable', {}, Object);
declareAttribute(Session.prototype, 'mutable', { mutable: true }, Object);
declareAttribute(Session.prototype, 'line', {}, Line);

const writes: readonly (readonly [string, (value: Content) => unknown])[] = [
  ...mutatorsOf('Array', Array.prototype, ['copyWithin', 'fill', 'pop', 'push', 'reverse', 'shift', 'sort', 'splice']),
  ['an element', ({ list }) => (list[0] = 9)],
  ['the length of an array', ({ list }) => (list.length = 0)],
  ['Array.unshift', ({ list }) => list.unshift(9)],
  ['a deleted element', ({ list }) => Reflect.deleteProperty(list, 0) || fail()],
  ['a nested property', ({ nested }) => (nested.rows[0]!.qty = 9)],
  ['a new property', ({ nested }) => Object.assign(nested, { extra: 1 })],
  ['a deleted property', (value) => Reflect.deleteProperty(value, 'nested') || fail()],
  ['a defined property', ({ nested }) => Object.defineProperty(nested, 'rows', { value: 1 })],
  ['another prototype', ({ nested }) => Object.setPrototypeOf(nested, null) as unknown],
  ['Map.set', ({ map }) => map.set('b', { n: 2 })],
  ['Map.delete', ({ map }) => map.delete('a')],
  ['Map.clear', ({ map }) => map.clear()],
  ['a property in a Map', ({ map }) => (map.get('a')!.n = 2)],
  ['Set.add', ({ set }) => set.add(2)],
  ['Set.delete', ({ set }) => set.delete(1)],
  ['Set.clear', ({ set }) => set.clear()],
  ...mutatorsOf(
    'Date',
    Date.prototype,
    Object.getOwnPropertyNames(Date.prototype).filter((name) => name.startsWith('set')),
  ),
  ['URL.href', ({ url }) => (url.href = 'https://example.com/')],
  ['URL.hash', ({ url }) => (url.hash = 'x')],
  ['RegExp.lastIndex', ({ regexp }) => (regexp.lastIndex = 1)],
  ['a property of an instance', ({ line }) => (line.qty = 2)],
  ['a method of an instance', ({ line }) => line.grow()],
  ['a Set in an instance', ({ line }) => line.seen.add('b')],
];

function errorOf(run: () => unknown): string {
  try {
    run();
    return 'none';
  } catch (error) {
    return (error as Error).name;
  }
}

function fail(): never {
  throw new TypeError('refused without an error');
}

/** Each of these methods, called on the part of that kind. */
function mutatorsOf(kind: 'Array' | 'Date', prototype: object, names: readonly string[]) {
  const part = kind === 'Array' ? 'list' : 'date';
  return names.map((name): readonly [string, (value: Content) => unknown] => {
    expect(name in prototype).toBe(true);
    return [
      `${kind}.${name}`,
      (value): unknown => Reflect.apply(Reflect.get(value[part], name) as () => unknown, value[part], [1]),
    ];
  });
}

const classes = createClassCatalog([{ name: 'Line', prototype: Line.prototype }]);
const textOf = (value: unknown): string => encode(value, { classes });

let node: MemoryNode;
let key: SessionKey;

beforeEach(async () => {
  node = new MemoryNode(Session);
  const unit = await node.unit(undefined, (u) => {
    u.set('immutable', make());
    Object.assign(u.mutate('mutable') as object, make());
  });
  key = unit.key!;
});

describe.each(['immutable', 'mutable'])('what is read of an attribute that is %s', (name) => {
  it.each(writes)("can't be written: %s", async (_, write) => {
    const unit = await node.open(key);
    const value = unit.read(name) as Content;
    expect(errorOf(() => write(value))).toMatch(/^(TypeError|ImmutableAttributeError)$/);
    expect(textOf((await node.open(key)).read(name))).toBe(textOf(make()));
  });

  it('may hold bytes, of which every reader gets a copy', async () => {
    ((await node.open(key)).read(name) as Content).bytes[0] = 9;
    expect(((await node.open(key)).read(name) as Content).bytes[0]).toBe(1);
  });

  it('sends nothing', async () => {
    const before = node.engine.figures.messages;
    await node.unit(key, (u) => void u.read(name));
    expect(node.engine.figures.messages).toBe(before);
  });
});

describe('what is read', () => {
  it('is one object for all units, where nothing in it could be changed', async () => {
    await node.unit(key, (u) => u.set('line', new Line()));
    const [one, two] = [await node.open(key), await node.open(key)];
    expect(one.read('line')).toBe(two.read('line'));
    expect(one.read('line')).toBeInstanceOf(Line);
  });

  it("isn't the object that was assigned: changing that later reaches nobody", async () => {
    const line = new Line();
    await node.unit(key, (u) => {
      u.set('line', line);
      line.qty = 9;
    });
    line.qty = 10;
    expect((await node.open(key)).read('line')).toHaveProperty('qty', 1);
  });
});
