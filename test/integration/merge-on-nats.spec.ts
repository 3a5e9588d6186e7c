import { CommitConflictError, type SessionKey } from 'nest-session-sync';
import { createSessionSync, SessionAttr, type SessionSync } from 'nest-session-sync/standalone';
import type { EmbeddedNats } from 'nest-session-sync/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomName, startNats } from '../support/nats-server.js';

class Cart {
  quantities: Record<string, number> = {};
  lines = new Map<string, { qty: number }>();
}

class Shop {
  @SessionAttr({ mutable: true }) cart: Cart = new Cart();
}

const CHANGES_PER_NODE = 1_000;
const AT_ONCE_PER_NODE = 16;

let nats: EmbeddedNats;
let nodes: readonly SessionSync[];

beforeAll(async () => {
  nats = await startNats();
  // Both nodes share this process: whoever is ahead has its thread too, and the other one waits its turn.
  const options = { session: Shop, name: randomName(), nats: { servers: nats.url }, storeDeadlineMs: 100_000 };
  nodes = [await createSessionSync(options), await createSessionSync(options)];
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.drain()));
  await nats.stop();
});

function change(node: SessionSync, key: SessionKey, what: (cart: Cart) => void): Promise<void> {
  return node.run<Shop, void>(key, (session) => what(session.mutate('cart')));
}

async function eachInTurn(count: number, change: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) await change(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE_PER_NODE }, work));
}

describe('two nodes that change one cart at once', () => {
  it('lose none of 2 × 1,000 increments of different parts', async () => {
    const [first] = nodes;
    const { key } = await first!.create();
    await change(first!, key, (cart) => {
      for (let part = 0; part < 2 * CHANGES_PER_NODE; part++) {
        if (part % 2 === 0) cart.quantities[`sku-${part}`] = 0;
        else cart.lines.set(`sku-${part}`, { qty: 0 });
      }
    });
    await Promise.all(
      nodes.map((node, number) =>
        eachInTurn(CHANGES_PER_NODE, (index) =>
          change(node, key, (cart) => {
            const part = number * CHANGES_PER_NODE + index;
            if (part % 2 === 0) cart.quantities[`sku-${part}`]!++;
            else cart.lines.get(`sku-${part}`)!.qty++;
          }),
        ),
      ),
    );
    const cart = await first!.run<Shop, Cart>(key, (session) => structuredClone(session.mutate('cart')));
    expect(Object.values(cart.quantities)).toEqual(Array(CHANGES_PER_NODE).fill(1));
    expect([...cart.lines.values()].map(({ qty }) => qty)).toEqual(Array(CHANGES_PER_NODE).fill(1));
    expect(nodes.reduce((sum, node) => sum + node.stats().merges, 0)).toBeGreaterThan(0);
  }, 120_000);

  it('refuse exactly one of two increments of the same part', async () => {
    const [a, b] = nodes;
    const { key } = await a!.create();
    await change(a!, key, (cart) => (cart.quantities['tea'] = 1));
    let entered = 0;
    let letGo: () => void;
    const bothAreIn = new Promise<void>((resolve) => (letGo = resolve));
    const outcomes = await Promise.allSettled(
      [a!, b!].map((node) =>
        node.run<Shop, void>(key, async (session) => {
          session.mutate('cart').quantities['tea']!++;
          if (++entered === 2) letGo();
          await bothAreIn;
        }),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toBeInstanceOf(CommitConflictError);
    expect(refused[0]?.reason).toMatchObject({ attribute: 'cart', paths: ['cart.quantities.tea'] });
    expect(await b!.run<Shop, number>(key, (session) => session.read('cart').quantities['tea']!)).toBe(2);
  });
});
