import { describe, expect, it } from 'vitest';
import { AttributeVersionError } from '../core/errors/index.js';
import { Counter } from '../core/patch/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { MemoryNode } from '../testing/memory-node.js';
import { Dice } from './chaos-dice.fixture.js';
import type { UnitOfWork } from './unit-of-work.js';
import { linesOf, sessionClass, SharedLog, type CartV1, type CartV2 } from './versions.fixture.js';

const REQUESTS = 10_000;
const AT_ONCE = 8;
/** Requests after which another session begins; and how many are in use at a time. */
const PER_SESSION = 40;
const IN_USE = 20;

const visits = { initial: 0, options: { merge: Counter } };
const v1 = sessionClass({ cart: { initial: () => ({ items: {} }), options: { mutable: true } }, visits });
const v2 = sessionClass({
  cart: { initial: () => ({ lines: [] }), options: { mutable: true, version: 2, migrate: { 1: linesOf } } },
  visits,
});

/** A session, and what was acknowledged of it. */
interface Visited {
  key: SessionKey | undefined;
  readonly skus: Set<string>;
  visits: number;
}

interface Node {
  readonly version: 1 | 2;
  readonly node: MemoryNode;
}

function add(unit: UnitOfWork, version: 1 | 2, sku: string): void {
  const cart = unit.mutate('cart');
  if (version === 1) (cart as CartV1).items[sku] = 1;
  else (cart as CartV2).lines.push({ sku, qty: 1 });
}

/** One request; what it did is noted once it was acknowledged. */
async function serve(session: Visited, { node, version }: Node, sku: string, dice: Dice): Promise<void> {
  const adds = dice.chance(0.6);
  const counts = dice.chance(0.6);
  const unit = await node.open(session.key);
  unit.read('cart');
  if (adds) add(unit, version, sku);
  if (counts) unit.update('visits', (n) => (n as number) + 1);
  await unit.finish();
  if (adds) session.skus.add(sku);
  if (counts) session.visits++;
}

async function begin({ node, version }: Node, sku: string): Promise<Visited> {
  const { key } = await node.unit(undefined, (unit) => add(unit, version, sku));
  return { key, skus: new Set([sku]), visits: 0 };
}

/** A client gets a new id between its requests. */
async function move(session: Visited, { node }: Node): Promise<void> {
  const unit = await node.open(session.key);
  await unit.regenerate();
  await unit.finish();
  session.key = unit.key;
}

class RollingUpdate {
  readonly shared = new SharedLog();
  readonly dice = new Dice(17);
  readonly sessions: Visited[] = [];
  readonly refused: unknown[] = [];
  private readonly old = [this.node(1, v1), this.node(1, v1)];
  private readonly updated = [this.node(2, v2), this.node(2, v2)];

  async run(): Promise<void> {
    for (let done = 0; done < REQUESTS; done += AT_ONCE) {
      if (done % PER_SESSION === 0) this.sessions.push(await begin(this.nodeAt(done), `first-${done}`));
      if (this.dice.chance(0.1)) await move(this.pick(), this.nodeAt(done));
      const requests = Array.from({ length: AT_ONCE }, (_, i) =>
        serve(this.pick(), this.nodeAt(done), `sku-${done + i}`, this.dice),
      );
      for (const outcome of await Promise.allSettled(requests)) {
        if (outcome.status === 'rejected') this.refused.push(outcome.reason);
      }
    }
  }

  private node(version: 1 | 2, session: new () => object): Node {
    return { version, node: this.shared.node(session, { random: this.dice }) };
  }

  /** The further the update has come, the more requests meet the new version. */
  private nodeAt(done: number): Node {
    return this.dice.pick(this.dice.fraction() * REQUESTS < done ? this.updated : this.old);
  }

  private pick(): Visited {
    return this.dice.pick(this.sessions.slice(-IN_USE));
  }
}

describe('nodes of two versions on one log', () => {
  it(`serve ${REQUESTS} requests with typed refusals only, and lose nothing that was acknowledged`, async () => {
    const update = new RollingUpdate();
    await update.run();
    // Only the older nodes refuse, and only that: what they may not change.
    const others = update.refused.filter((error) => !(error instanceof AttributeVersionError));
    expect(others).toEqual([]);
    for (const error of update.refused)
      expect(error).toMatchObject({ attribute: 'cart', storedVersion: 2, ownVersion: 1 });
    expect(update.refused.length).toBeGreaterThan(REQUESTS / 20);
    expect(update.refused.length).toBeLessThan(REQUESTS / 2);
    const fresh = update.shared.node(v2);
    for (const { key, skus, visits } of update.sessions) {
      const unit = await fresh.open(key);
      const { lines } = unit.read('cart') as CartV2;
      expect(lines.map(({ sku }) => sku).toSorted()).toEqual([...skus].toSorted());
      expect(unit.read('visits')).toBe(visits);
    }
  }, 120_000);
});
