import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { declareAttribute, describeSession } from '../core/access/index.js';
import { InvalidOptionsError } from '../core/errors/index.js';
import type { UnitOfWork } from '../engine/index.js';
import { MemoryNode } from '../testing/memory-node.js';
import { runInSlot, SessionState, UnitSlot } from '../unit-context/index.js';
import { createClassAccessor } from './class-accessor.js';

class Cart {
  lines: string[] = [];
  count = 0;
}

class Shop {
  set = new Cart();
  read = new Cart();
  proxy = new Cart();
  all = new Cart();
}
type Policy = 'set' | 'read' | 'proxy' | 'all';
const POLICIES = ['set', 'read', 'proxy', 'all'] as const;
declareAttribute(Shop.prototype, 'set', { track: 'set' }, Cart);
declareAttribute(Shop.prototype, 'read', { mutable: true }, Cart);
declareAttribute(Shop.prototype, 'proxy', { mutable: true, track: 'proxy' }, Cart);
declareAttribute(Shop.prototype, 'all', { mutable: true, track: 'all' }, Cart);

/** How an attribute is accessed; answers what was handed out. */
type Access = (unit: UnitOfWork, name: Policy) => unknown;

const owner = {};
const shop = createClassAccessor(describeSession(Shop), owner) as Shop;

function slotOf(unit: UnitOfWork): UnitSlot {
  const slot = new UnitSlot(owner);
  slot.unit = unit;
  slot.state = 'open';
  return slot;
}

const inSlot = <T>(unit: UnitOfWork, work: () => T): T => runInSlot(slotOf(unit), work);

const ACCESSES: Record<string, Access> = {
  nothing: () => undefined,
  read: (unit, name) => unit.read(name),
  'read in a read-only unit': (unit, name) => unit.read(name),
  mutate: (unit, name) => unit.mutate(name),
  'mutate and write': (unit, name) => {
    const cart = unit.mutate(name) as Cart;
    cart.count++;
    return cart;
  },
  'read after mutate': (unit, name) => {
    unit.mutate(name);
    return unit.read(name);
  },
  'read parameter': (unit, name) => new SessionState<Shop>(slotOf(unit)).read(name),
  'mutable parameter': (unit, name) => new SessionState<Shop>(slotOf(unit)).mutate(name),
  'class accessor': (unit, name) => inSlot(unit, () => shop[name]),
  'class accessor assigned': (unit, name) =>
    inSlot(unit, () => {
      shop[name] = new Cart();
    }),
  set: (unit, name) => {
    unit.set(name, new Cart());
  },
  delete: (unit, name) => {
    unit.delete(name);
  },
  'update in place': (unit, name) => {
    let got: unknown;
    unit.update(name, (cart) => {
      got = cart;
      (cart as Cart).count++;
    });
    return got;
  },
  'update replaced': (unit, name) => {
    unit.update(name, (cart) => Object.assign(new Cart(), cart, { count: 1 }));
  },
};

/** What each policy makes of it: what is handed out (- = nothing), and whether that makes the attribute a candidate. */
const TABLE: readonly (readonly [access: string, ...outcomes: string[]])[] = [
  // access                      set            read               proxy              all
  ['nothing', '-', '-', '-', '-'],
  ['read', 'frozen', 'frozen', 'frozen', 'open, candidate'],
  ['read in a read-only unit', 'frozen', 'frozen', 'frozen', 'frozen'],
  ['mutate', 'refused', 'open, candidate', 'open', 'open, candidate'],
  ['mutate and write', 'refused', 'open, candidate', 'open, candidate', 'open, candidate'],
  ['read after mutate', 'refused', 'open, candidate', 'open', 'open, candidate'],
  ['read parameter', 'frozen', 'frozen', 'frozen', 'open, candidate'],
  ['mutable parameter', 'refused', 'open, candidate', 'open', 'open, candidate'],
  ['class accessor', 'frozen', 'open, candidate', 'open', 'open, candidate'],
  ['class accessor assigned', '-, candidate', '-, candidate', '-, candidate', '-, candidate'],
  ['set', '-, candidate', '-, candidate', '-, candidate', '-, candidate'],
  ['delete', '-, candidate', '-, candidate', '-, candidate', '-, candidate'],
  ['update in place', 'refused', 'open, candidate', 'open, candidate', 'open, candidate'],
  ['update replaced', '-, candidate', '-, candidate', '-, candidate', '-, candidate'],
];

/** Accesses of which the page only says which other they are. */
const LIKE: Readonly<Record<string, string>> = { 'read parameter': 'read', 'mutable parameter': 'mutate' };

async function outcomeOf(access: string, name: Policy): Promise<string> {
  const node = new MemoryNode(Shop);
  const { key } = await node.unit(undefined, (unit) => {
    for (const policy of POLICIES) unit.set(policy, Object.assign(new Cart(), { lines: ['tea'] }));
  });
  const before = node.engine.figures.candidates;
  const isReadOnly = access.includes('read-only');
  const unit = await node.engine.open({ key, whenAbsent: 'newId', isReadOnly });
  let seen = '-';
  try {
    const got = ACCESSES[access]?.(unit, name);
    if (got !== undefined) seen = Object.isFrozen((got as Cart).lines) ? 'frozen' : 'open';
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    seen = 'refused';
  }
  await unit.finish();
  return node.engine.figures.candidates > before ? `${seen}, candidate` : seen;
}

describe('tracking policies', () => {
  it.each(TABLE)('%s', async (access, ...expected) => {
    const found = await Promise.all(POLICIES.map((policy) => outcomeOf(access, policy)));
    expect(found).toEqual(expected);
  });

  it.each(Object.entries(LIKE))('%s is as %s', (access, other) => {
    const [found, expected] = [access, other].map((name) => TABLE.find(([row]) => row === name)?.slice(1));
    expect(found).toHaveLength(POLICIES.length);
    expect(found).toEqual(expected);
  });

  it('are documented as they are', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../../docs/guide/03-tracking.md'), 'utf8');
    const rows = [...page.matchAll(/^\| ([^`-].*) \|$/gm)].map(([, row = '']) => row.split(' | '));
    expect(rows.slice(1)).toEqual(TABLE.filter(([access]) => !Object.hasOwn(LIKE, access)));
  });

  it('have a line in the table for each way to access an attribute', () => {
    expect(TABLE.map(([access]) => access)).toEqual(Object.keys(ACCESSES));
  });

  it.each<[Record<string, unknown>, RegExp]>([
    [{ mutable: true, track: 'set' }, /x: track: 'set' counts assigning alone.*leave out mutable: true/],
    [{ track: 'read' }, /x: track: 'read' is for attributes that are changed in place: add mutable: true/],
    [{ track: 'proxy' }, /track: 'proxy' is for attributes/],
    [{ mutable: false, track: 'all' }, /track: 'all' is for attributes/],
    [{ mutable: true, track: 'write' }, /track must be 'set', 'read', 'proxy' or 'all'/],
  ])('contradict in %o', (options, problem) => {
    class Declared {
      x = 0;
    }
    declareAttribute(Declared.prototype, 'x', options, Number);
    expect(() => describeSession(Declared)).toThrow(InvalidOptionsError);
    expect(() => describeSession(Declared)).toThrow(problem);
  });
});
