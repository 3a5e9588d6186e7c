import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryNode } from '../testing/memory-node.js';
import { cartOf, large, Shop, TwoNodes, type Cart } from './two-nodes.fixture.js';

/** One unit's work, told as data so that a model can do the same. */
const step = fc.record({
  node: fc.constantFrom('a' as const, 'b' as const),
  work: fc.oneof(
    fc.record({ kind: fc.constant('add' as const), sku: fc.string({ maxLength: 8 }), at: fc.nat(250) }),
    fc.record({ kind: fc.constant('remove' as const), at: fc.nat(250) }),
    fc.record({ kind: fc.constant('quantity' as const), at: fc.nat(250), qty: fc.integer() }),
    fc.record({ kind: fc.constant('note' as const), text: fc.string({ maxLength: 200 }) }),
    fc.record({ kind: fc.constant('tag' as const), name: fc.string({ maxLength: 3 }), day: fc.date() }),
    fc.record({ kind: fc.constant('forget' as const) }),
    fc.record({ kind: fc.constant('visit' as const) }),
  ),
});
type Work = (typeof step extends fc.Arbitrary<infer S> ? S : never)['work'];

/** The same work on a session as on a plain object. */
interface Attributes {
  mutate(name: string): unknown;
  set(name: string, value: unknown): void;
  delete(name: string): void;
  update(name: string, change: (value: unknown) => unknown): void;
}

function perform(work: Work, on: Attributes): void {
  const { lines } = on.mutate('cart') as Cart;
  switch (work.kind) {
    case 'add':
      cartOf(on).add(work.sku);
      lines.splice(work.at % lines.length, 0, ...lines.splice(-1));
      break;
    case 'remove':
      lines.splice(work.at % (lines.length + 1), 1);
      break;
    case 'quantity':
      Object.assign(lines[work.at % (lines.length + 1)] ?? {}, { qty: work.qty });
      break;
    case 'note':
      on.set('note', work.text);
      break;
    case 'tag':
      (on.mutate('tags') as Map<string, Date>).set(work.name, work.day);
      break;
    case 'forget':
      on.delete('tags');
      break;
    case 'visit':
      on.update('visits', (n) => (n as number) + 1);
      break;
  }
}

class Model implements Attributes {
  readonly shop: Record<string, unknown> = Object.fromEntries(Object.entries(new Shop()));

  mutate(name: string): unknown {
    return this.shop[name];
  }
  set(name: string, value: unknown): void {
    this.shop[name] = value;
  }
  delete(name: string): void {
    this.shop[name] = Reflect.get(new Shop(), name);
  }
  update(name: string, change: (value: unknown) => unknown): void {
    this.shop[name] = change(this.shop[name]);
  }
}

describe('folding', () => {
  it.each([
    ['small', undefined],
    ['large', large],
  ])(
    'the messages of a %s session gives what its units wrote, on every node',
    async (_, fill) => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
          const nodes = new TwoNodes();
          const model = new Model();
          const key = await nodes.begun(fill);
          model.set('userId', 'ada');
          fill?.(cartOf(model));
          for (const { node, work } of steps) {
            await nodes[node].unit(key, (unit) => perform(work, unit));
            perform(work, model);
          }
          const fresh = new MemoryNode(Shop, { log: nodes.log, clock: nodes.clock });
          for (const node of [nodes.a, nodes.b, fresh]) {
            const unit = await node.open(key);
            const read = Object.fromEntries(Object.keys(model.shop).map((name) => [name, unit.read(name)]));
            expect(read).toEqual(model.shop);
          }
        }),
        { numRuns: 40 },
      );
    },
    30_000,
  );
});
