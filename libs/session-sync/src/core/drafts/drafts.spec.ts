import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { UnsupportedValueError } from '../errors/index.js';
import { cloneGraph, compareGraphs, freezeGraph, takeBenchmark } from '../graph/index.js';
import { applyPatchToFrozen, isTree, ObjectAt, ViewAt } from '../patch/index.js';
import { draftBehind } from './draft.js';
import { Drafts } from './drafts.js';

function open<T>(value: T): { readonly root: T; readonly drafts: Drafts; readonly base: T } {
  const base = freezeGraph(cloneGraph(value));
  const drafts = new Drafts(base, { name: 'cart', isTree: () => isTree(base) });
  return { root: drafts.root as T, drafts, base };
}

interface Parts {
  when: Date;
  list: { x: number }[];
  map: Map<string, { x: number }>;
}

describe('a draft', () => {
  it('looks like what it stands for', () => {
    const { root } = open({ list: [1, , 3], map: new Map([['a', { x: 1 }]]), set: new Set([1]), none: undefined });
    expect(Array.isArray(root.list)).toBe(true);
    expect(root.map).toBeInstanceOf(Map);
    expect(Object.keys(root)).toEqual(['list', 'map', 'set', 'none']);
    expect('none' in root && !('other' in root) && !(1 in root.list)).toBe(true);
    expect({ ...root }).toEqual({ list: root.list, map: root.map, set: root.set, none: undefined });
    expect(JSON.stringify(root)).toBe('{"list":[1,null,3],"map":{},"set":{}}');
    expect([...root.map.values()][0]).toBe(root.map.get('a'));
    expect([...root.list.entries()]).toHaveLength(3);
    expect(Object.prototype.toString.call(root.set)).toBe('[object Set]');
    expect(Object.isFrozen(root)).toBe(false);
    expect(new Map(root.map).get('a')).toBe(root.map.get('a'));
    expect(inspect(root.list, { showProxy: false })).toContain('[');
  });

  it('names what moved, was shared and was written by where it was', () => {
    const { root, drafts } = open({ todo: [{ id: 1 }, { id: 2 }], done: [] as object[] });
    const item = root.todo.shift();
    if (item !== undefined) {
      root.done.push(item);
      item.id = 7;
    }
    expect(drafts.patch()).toEqual([
      { op: 'splice', path: ['todo'], index: 0, remove: 1, items: [] },
      { op: 'splice', path: ['done'], index: 0, remove: 0, items: [new ObjectAt(['todo', 0])] },
      { op: 'set', path: ['todo', 0, 'id'], value: 7 },
    ]);
  });

  it('makes a patch of what was written alone, however deep, and none of what nobody can reach', () => {
    const { root, drafts } = open({ a: { b: { c: [{ x: 1 }] } }, gone: { x: 1 } });
    const first = root.a.b.c[0];
    if (first !== undefined) first.x = 2;
    const { gone } = root;
    Reflect.deleteProperty(root, 'gone');
    gone.x = 2;
    expect(drafts.patch()).toEqual([
      { op: 'set', path: ['a', 'b', 'c', 0, 'x'], value: 2 },
      { op: 'delete', path: ['gone'] },
    ]);
  });

  it('keeps one object one, and leaves to a whole comparison what it cannot tell', () => {
    const shared = { when: new Date(1) };
    const { root, drafts } = open({ a: shared, b: shared });
    expect(root.a).toBe(root.b);
    root.a.when.setTime(2);
    expect(drafts.patch()).toBeUndefined();
    expect(root.b.when.getTime()).toBe(2);
  });

  it('names what is held twice as a comparison does, whichever way it was reached', () => {
    const row = { n: 0, inner: { n: 0 } };
    const { root, drafts } = open({ rows: [row], byId: new Map([['r', row]]), moved: [] as unknown[] });
    const reached = root.byId.get('r');
    if (reached !== undefined) {
      reached.n++;
      reached.inner.n++;
      root.moved.push(reached.inner);
    }
    expect(drafts.patch()).toEqual([
      { op: 'set', path: ['rows', 0, 'n'], value: 1 },
      { op: 'set', path: ['rows', 0, 'inner', 'n'], value: 1 },
      { op: 'splice', path: ['moved'], index: 0, remove: 0, items: [new ObjectAt(['rows', 0, 'inner'])] },
    ]);
  });

  it('takes an equal object in the place of another for no change', () => {
    const lines = [
      { id: 1, qty: 1 },
      { id: 2, qty: 1 },
    ];
    const { root, drafts, base } = open({ when: new Date(1), lines });
    root.when = new Date(1);
    root.lines = root.lines.map((line) => ({ ...line, qty: line.id }));
    const patch = drafts.patch() ?? compareGraphs(takeBenchmark(base), root);
    expect(patch).toEqual([{ op: 'set', path: ['lines', 1, 'qty'], value: 2 }]);
  });

  it('takes properties of collections as the language does: they are no part of the value', () => {
    const { root, drafts } = open({ map: new Map([[1, 1]]), set: new Set([1]) });
    for (const collection of [root.map, root.set]) {
      expect(Reflect.set(collection, 'note', 'x')).toBe(true);
      expect(Reflect.get(collection, 'note')).toBe('x');
    }
    expect(drafts.patch()).toEqual([]);
  });

  it('refuses to assign what was defined as read-only, also the value it has', () => {
    const { root } = open<{ a?: number; b: number }>({ b: 1 });
    Object.defineProperty(root, 'a', { value: 1, enumerable: true, configurable: true });
    expect(() => (root.a = 1)).toThrow(TypeError);
    expect(() => (root.a = 2)).toThrow(TypeError);
    expect((root.b = 1)).toBe(1);
  });

  it('hands back what was put in, unwrapped when it is one of its own', () => {
    const { root, drafts, base } = open({ a: { x: 1 }, list: [] as unknown[] });
    const raw = { inner: root.a };
    root.list.push(raw);
    expect(root.list[0]).toBe(raw);
    expect(root.list.indexOf(raw)).toBe(0);
    root.a.x = 5;
    const after = applyPatchToFrozen(base, drafts.patch() ?? []) as { a: object; list: { inner: object }[] };
    expect(after.list[0]?.inner).toBe(after.a);
    expect([after, after.a, after.list, after.list[0]].map((part) => draftBehind(part as object))).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  it('lets unknown methods of collections work on what is seen, and takes over what they do', () => {
    const { root, drafts } = open({ map: new Map([['a', 1]]) });
    // As if the language had got a new method.
    const prototype: object = Map.prototype;
    Object.defineProperty(prototype, 'doubleAll', {
      configurable: true,
      value(this: Map<string, number>) {
        this.forEach((value, key) => Map.prototype.set.call(this, key, value * 2));
        return this;
      },
    });
    try {
      expect((root.map as Map<string, number> & { doubleAll(): unknown }).doubleAll()).toBe(root.map);
    } finally {
      Reflect.deleteProperty(prototype, 'doubleAll');
    }
    expect(root.map.get('a')).toBe(2);
    expect(drafts.patch()).toEqual([{ op: 'set', path: ['map', { key: 'a' }], value: 2 }]);
  });

  it.each<[string, (root: { a: { x: number }; list: number[] }) => unknown, string]>([
    ['a getter', (root) => Object.defineProperty(root.a, 'x', { get: () => 1 }), 'cart.a.x: a getter'],
    ['a symbol key', (root) => Object.assign(root.a, { [Symbol('s')]: 1 }), 'cart.a: the key Symbol(s)'],
    ['another class', (root) => void Object.setPrototypeOf(root.a, null), 'cart.a: the class'],
    ['freezing', (root) => Object.freeze(root.list), "cart.list: it can't be frozen"],
    ['sealing', (root) => Object.seal(root.a), "cart.a: it can't be frozen"],
    [
      'a locked property',
      (root) => Object.defineProperty(root.a, 'x', { configurable: false }),
      'cart.a.x: a property',
    ],
    ['a locked length', (root) => Object.defineProperty(root.list, 'length', { writable: false }), 'cart.list.length'],
  ])('refuses %s at the spot', (_what, attempt, message) => {
    const { root, drafts } = open({ a: { x: 1 }, list: [1] });
    expect(() => attempt(root)).toThrow(UnsupportedValueError);
    expect(() => attempt(root)).toThrow(message);
    expect(drafts.patch()).toEqual([]);
  });

  it('can be inherited from without being written to', () => {
    const { root, drafts } = open({ a: { x: 1 } });
    const heir = Object.create(root.a) as { x: number };
    heir.x = 2;
    expect([heir.x, root.a.x, draftBehind(heir)]).toEqual([2, 1, undefined]);
    expect(drafts.patch()).toEqual([]);
  });

  it.each<[string, (root: Parts) => unknown]>([
    ['a date', (root) => (root.when = new Date(0))],
    ['an object', (root) => (root.list[0] = { x: 1 })],
    ['a list of the same', (root) => (root.list = [...root.list])],
    ['the value of a Map', (root) => root.map.set('a', { x: 1 })],
  ])('does not count %s equal to the one it replaces as a change', (_what, replace) => {
    const { root, drafts, base } = open<Parts>({
      when: new Date(0),
      list: [{ x: 1 }],
      map: new Map([['a', { x: 1 }]]),
    });
    replace(root);
    const patch = drafts.patch() ?? compareGraphs(takeBenchmark(base), root);
    expect(patch).toEqual([]);
  });

  it('refuses what a plain object refuses: writing to a property that is read-only, also the value it has', () => {
    const { root } = open<{ fixed?: number }>({});
    Object.defineProperty(root, 'fixed', { value: 1, enumerable: true });
    for (const value of [1, 2]) expect(() => (root.fixed = value)).toThrow(TypeError);
  });

  it('takes named properties on a Map or Set, which nobody looks at, as the plain ones do', () => {
    const { root, drafts } = open({ set: new Set([1]), map: new Map([['a', 1]]) });
    for (const object of [root.set, root.map]) expect(Object.assign(object, { '0': 1 })).toHaveProperty('0', 1);
    expect([[...root.set], [...root.map]]).toEqual([[1], [['a', 1]]]);
    expect(drafts.patch()).toEqual([]);
  });

  it('keeps views onto one buffer together, also those that are new', () => {
    const bytes = new Uint8Array(4);
    const { root, drafts, base } = open<{ bytes: Uint8Array; view: DataView; more?: Uint8Array }>({
      bytes,
      view: new DataView(bytes.buffer),
    });
    root.view.setUint8(1, 9);
    expect(root.bytes[1]).toBe(9);
    expect(drafts.patch()).toEqual([
      { op: 'bytes', path: ['bytes', { buffer: true }], offset: 1, bytes: Uint8Array.of(9) },
    ]);
    root.more = new Uint8Array(root.bytes.buffer, 1, 2);
    for (const patch of [drafts.patch(), compareGraphs(takeBenchmark(base), root)]) {
      expect(patch).toContainEqual({ op: 'set', path: ['more'], value: expect.any(ViewAt) as ViewAt });
      const after = applyPatchToFrozen(base, patch ?? []);
      expect(after.more).toEqual(Uint8Array.of(9, 0));
      expect(after.more?.buffer).toBe(after.bytes.buffer);
    }
  });
});
