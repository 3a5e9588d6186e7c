import { Line } from '../line.js';
import { changes, equals, type Probe } from './probe.js';
import type { CorrectnessRow } from './correctness-row.js';

const LEVELS = 20_000;

/** Identity, classes, and what is at the edge of what can be followed. */
export function graphRows(): readonly CorrectnessRow[] {
  return [...identityRows(), ...classRows(), ...edgeRows()];
}

interface Ring {
  name: string;
  self?: object;
}

interface Pair {
  a: { x: number };
  b: { x: number };
}

function identityRows(): readonly CorrectnessRow[] {
  const ring = (): Ring => {
    const value: Ring = { name: 'a' };
    value.self = value;
    return value;
  };
  const shared = (): Pair => {
    const one = { x: 1 };
    return { a: one, b: one };
  };
  const apart = (): Pair => ({ a: { x: 1 }, b: { x: 1 } });
  return [
    {
      name: 'a cycle',
      needs: 'cycles',
      probes: [equals(ring), changes(ring, (value) => (value.name = 'b'))],
    },
    {
      name: 'a cycle led elsewhere',
      needs: 'graphs',
      probes: [changes(ring, (value) => (value.self = { name: 'a', self: value }))],
    },
    {
      name: 'a shared object changes',
      needs: 'graphs',
      probes: [equals(shared), changes(shared, (value) => (value.a.x = 2))],
    },
    { name: 'sharing split', needs: 'graphs', probes: [changes(shared, (value) => (value.b = { ...value.b }))] },
    { name: 'sharing joined', needs: 'graphs', probes: [changes(apart, (value) => (value.b = value.a))] },
  ];
}

function classRows(): readonly CorrectnessRow[] {
  const order = (): { line: Line } => ({ line: new Line('x', 1) });
  const bare = (): { table: Record<string, number> } => ({
    table: Object.assign(Object.create(null) as Record<string, number>, { a: 1 }),
  });
  return [
    {
      name: 'an instance of a registered class',
      needs: 'classes',
      probes: [equals(order), changes(order, (value) => (value.line.quantity = 2))],
    },
    {
      name: 'an instance becomes a plain object',
      needs: 'classes',
      probes: [changes(order, (value) => (value.line = { sku: value.line.sku, quantity: value.line.quantity }))],
    },
    {
      name: 'an object without prototype',
      needs: 'values',
      probes: [
        equals(bare),
        changes(bare, (value) => (value.table['a'] = 2)),
        changes(bare, (value) => (value.table = { ...value.table })),
      ],
    },
  ];
}

function edgeRows(): readonly CorrectnessRow[] {
  return [
    { name: 'a symbol as key: seen, or refused and named', needs: 'values', probes: [symbolKey()] },
    { name: '20,000 levels deep', needs: 'json', probes: [equals(deep), changes(deep, changeLeaf)] },
    { name: "getters aren't called", needs: 'values', probes: [inheritedGetter(), ownGetter()] },
  ];
}

function symbolKey(): Probe {
  const secret = Symbol('secret');
  return changes(
    () => ({ [secret]: 1 }),
    (value) => (value[secret] = 2),
    { refusalNames: 'secret' },
  );
}

interface Level {
  next?: Level;
  leaf?: number;
}

function deep(): Level {
  let level: Level = { leaf: 1 };
  for (let depth = 1; depth < LEVELS; depth++) level = { next: level };
  return level;
}

function changeLeaf(value: Level): void {
  let level = value;
  while (level.next !== undefined) level = level.next;
  level.leaf = 2;
}

function inheritedGetter(): Probe {
  let calls = 0;
  class Counting extends Line {
    get total(): number {
      calls += 1;
      return this.quantity;
    }
  }
  const make = (): { line: Counting } => ({ line: new Counting('x', 1) });
  const more = { calls: () => calls, prototype: Counting.prototype };
  return changes(make, (value) => (value.line.quantity = 2), more);
}

/** A getter of the object's own stands for something unknown: it may be left alone, or refused by its name. */
function ownGetter(): Probe {
  let calls = 0;
  const make = (): { count: number; total: number } => ({
    count: 1,
    get total() {
      calls += 1;
      return this.count;
    },
  });
  return changes(make, (value) => (value.count = 2), { calls: () => calls, refusalNames: 'total' });
}
