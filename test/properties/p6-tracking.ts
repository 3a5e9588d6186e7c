import 'reflect-metadata';
import { strict as assert } from 'node:assert';
import { Transform, Type } from 'class-transformer';
import * as fc from 'fast-check';
import { applyPatch, cloneGraph, createClassCatalog, encodePatch, track, type Patch } from 'nest-session-sync/core';
import { SessionAttr } from 'nest-session-sync/standalone';
import { MemoryNode, type SessionKey } from 'nest-session-sync/testing';
import {
  anotherViewOf,
  arbitraryPrimitive,
  arbitraryRecipes,
  buildGraph,
  Line,
  Money,
  reachable,
} from '../support/arbitrary-graph.js';
import { isIsomorphic } from '../support/isomorphism.js';
import type { Law } from './law.js';
import { mutatorsOf, type Mutator } from './mutators.js';

/** A class that asks class-transformer for a say: compared by its plain image. */
class Price {
  @Transform(({ value }: { value: number }) => value) cents = 1;

  raise(by: number): void {
    this.cents += by;
  }
}

/** The root of all programs: one of each kind, methods that write, and any graph. */
class Box {
  content: unknown;
  list: unknown[] = [];
  @Type(() => Date) when = new Date(0);
  bytes = new Uint8Array(8);
  window: DataView | null = null;
  memory = new ArrayBuffer(4);
  pattern = /x/g;
  where = new URL('https://example.org/');
  @Type(() => Price) price = new Price();
  @Type(() => Line) line: Line | null = null;
  @Type(() => Money) money: Money | null = null;
  names = new Map<unknown, unknown>([['a', [1]]]);
  marks = new Set<unknown>([1, 'b']);

  add(value: unknown): this {
    this.list.push(value);
    return this;
  }

  write(at: number): void {
    this.bytes[at % 8] = at;
    this.when.setTime(at);
    this.price.raise(at);
  }

  get first(): unknown {
    return this.list[0];
  }

  set first(value: unknown) {
    this.list[0] = value;
  }
}

const METHODS: readonly Mutator[] = [
  (box, { value }) => box.add(value),
  (box, { at }) => box.write(at),
  (box, { value }) => (box.first = value),
  (box) => Array.isArray(box.first) && box.first.push(box.first.length),
  (box, { at }) => box.price.raise(at),
  (box) => Reflect.set(box, 'price', box.price),
  (box, { at }) => (box.when = new Date(at)),
  (box, { at }) => (box.window = new DataView(box.bytes.buffer, at % 4, 4)),
  (box) => Reflect.set(box, 'memory', box.bytes.buffer),
  (box) => ([box.list, box.content] = [[box.content], box.list]),
] satisfies Mutator<Box>[] as readonly Mutator[];

/** A converted instance is what class-transformer makes of it, which takes no graphs. */
const PRICE_METHODS: readonly Mutator[] = [
  (price, { at }) => price.raise(at),
  (price, { at }) => (price.cents = at),
] satisfies Mutator<Price>[] as readonly Mutator[];

function waysToChange(object: object): readonly Mutator[] {
  if (object instanceof Price) return PRICE_METHODS;
  return object instanceof Box ? [...METHODS, ...mutatorsOf(object)] : mutatorsOf(object);
}

class Attributes {
  @SessionAttr({ mutable: true, track: 'read', type: () => Box }) read: unknown = null;
  @SessionAttr({ mutable: true, track: 'proxy', type: () => Box }) proxy: unknown = null;
  @SessionAttr({ mutable: true, track: 'all', type: () => Box }) all: unknown = null;
}

type Policy = 'read' | 'proxy' | 'all';

/** Numbers are taken modulo what there is. */
interface Step {
  readonly target: number;
  readonly mutator: number;
  readonly at: number;
  readonly value: {
    readonly kind: 'primitive' | 'known' | 'fresh' | 'frozen' | 'kept' | 'view';
    readonly of: unknown;
    readonly node: number;
  };
  /** What comes before it: nothing, an await, an early commit, another unit's changes; and whether its object is kept. */
  readonly before: 'nothing' | 'await' | 'commit' | 'other';
  readonly isKept: boolean;
  readonly onKept: boolean;
}

const arbitraryStep: fc.Arbitrary<Step> = fc.record({
  target: fc.nat(40),
  mutator: fc.nat(40),
  at: fc.nat(12),
  value: fc.record({
    kind: fc.constantFrom('primitive', 'known', 'known', 'fresh', 'frozen', 'kept', 'view'),
    of: arbitraryPrimitive,
    node: fc.nat(40),
  }),
  before: fc.constantFrom('nothing', 'nothing', 'nothing', 'nothing', 'await', 'commit', 'other'),
  isKept: fc.boolean(),
  onKept: fc.boolean(),
});

const catalog = createClassCatalog([
  { name: 'Box', prototype: Box.prototype },
  { name: 'Line', prototype: Line.prototype },
  { name: 'Money', prototype: Money.prototype },
  {
    name: 'Price',
    prototype: Price.prototype,
    toPlain: (price) => ({ cents: (price as Price).cents }),
    fromPlain: (plain) => Object.assign(new Price(), plain),
  },
]);

/** One world in which a program runs: the tracked value, or a plain clone. Aliases stay in their world. */
class World {
  private readonly kept: object[] = [];

  constructor(readonly root: object) {}

  /** What was thrown, if anything: a frozen object says no in both worlds. */
  run(step: Step): unknown {
    const objects = [this.root, ...reachable(this.root), ...this.buffers()];
    const from = step.onKept && this.kept.length > 0 ? this.kept : objects;
    const object = from[step.target % from.length] ?? this.root;
    if (step.isKept) this.kept.push(object);
    const mutators = waysToChange(object);
    try {
      mutators[step.mutator % mutators.length]?.(object, { at: step.at, value: this.valueOf(step.value, objects) });
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.constructor : error;
    }
  }

  private buffers(): object[] {
    return this.root instanceof Box && this.root.memory instanceof ArrayBuffer ? [this.root.memory] : [];
  }

  private valueOf({ kind, of, node }: Step['value'], objects: readonly object[]): unknown {
    if (kind === 'known') return objects[node % objects.length];
    if (kind === 'kept' && this.kept.length > 0) return this.kept[node % this.kept.length];
    if (kind === 'fresh') return { of, list: [of], held: objects[node % objects.length] };
    if (kind === 'view') {
      const views = objects.filter((object) => ArrayBuffer.isView(object));
      return anotherViewOf(views[node % views.length], node);
    }
    return kind === 'frozen' ? Object.freeze({ inner: [of] }) : of;
  }
}

function boxOf(content: unknown): Box {
  const box = Object.assign(new Box(), { content, line: new Line(), money: new Money(1) });
  box.window = new DataView(new ArrayBuffer(8));
  return box;
}

/** What a tracker of the core finds, which costs no store. */
async function holdsForTracker(policy: Policy, box: Box, steps: readonly Step[]): Promise<void> {
  const options = { classes: catalog };
  const [before, expected] = [cloneGraph(box, options), new World(cloneGraph(box, options))];
  const tracker = track({ box }, { box: policy }, options);
  const tracked = new World(tracker.values.box);
  for (const step of steps) {
    if (step.before === 'await') await Promise.resolve();
    assert.equal(tracked.run(step), expected.run(step), 'it throws where a plain object does not, or the reverse');
  }
  const patch = tracker.changes().get('box') ?? [];
  const isChanged = !isIsomorphic(before, expected.root);
  assert(patch.length > 0 || !isChanged, 'a mutation was missed');
  assert(isChanged || patch.length === 0 || tellsMoves(policy, patch), 'a mutation was invented');
  assert(isIsomorphic(applyPatch(before, patch, options), expected.root), 'the patch leads elsewhere');
}

/** Drafts look at what was written only, so they tell also of moves of objects that are as alike as two drops of water. */
function tellsMoves(policy: Policy, patch: Patch): boolean {
  return policy === 'proxy' && encodePatch(patch, { classes: catalog }).includes('{"$at":');
}

async function holdsForUnit(node: MemoryNode, policy: Policy, box: Box, steps: readonly Step[]): Promise<void> {
  const expected = new World(cloneGraph(box, { classes: catalog }));
  const { key } = await node.unit(undefined, (unit) => {
    unit.set(policy, box);
  });
  assert(key !== undefined);
  const unit = await node.open(key);
  const tracked = new World((policy === 'all' ? unit.read(policy) : unit.mutate(policy)) as object);
  for (const step of steps) {
    if (step.before === 'await') await Promise.resolve();
    if (step.before === 'commit') await unit.commit();
    if (step.before === 'other') await disturb(node, key, policy, step);
    assert.equal(tracked.run(step), expected.run(step), 'it throws where a plain object does not, or the reverse');
  }
  assert(isIsomorphic(tracked.root, expected.root), 'it looks different from a plain object with the same history');
  await unit.finish();
  const stored = (await node.open(key)).read(policy);
  assert(isIsomorphic(stored, expected.root), `a mutation was missed, or invented: ${node.commits.at(-1)?.difference}`);
  node.commits.length = 0;
}

/** Another unit of the same node changes what it has of the attribute, and stores nothing. */
async function disturb(node: MemoryNode, key: SessionKey, policy: Policy, step: Step): Promise<void> {
  const other = await node.open(key);
  new World(other.mutate(policy) as object).run(step);
  other.abandon();
}

export const p6Tracking: Law = {
  id: 'P6',
  promise: 'tracker misses no mutation',
  cases: { ci: 20_000, nightly: 500_000 },
  property: () => {
    const node = new MemoryNode(Attributes);
    return fc.asyncProperty(
      fc.constantFrom<Policy>('read', 'proxy', 'proxy', 'all'),
      arbitraryRecipes,
      fc.array(arbitraryStep, { minLength: 1, maxLength: 8 }),
      fc.constantFrom('unit', 'tracker', 'tracker', 'tracker'),
      async (policy, recipes, steps, where) => {
        const box = boxOf(buildGraph(recipes));
        if (where === 'tracker') await holdsForTracker(policy, box, steps);
        else await holdsForUnit(node, policy, box, steps);
      },
    );
  },
};
