import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionKey } from '../core/session/identity.js';
import type { MemoryNode } from '../testing/memory-node.js';
import { begunShop, Cart, cartOf, type Policy } from './tracked-shop.fixture.js';

const POLICIES: readonly Policy[] = ['read', 'proxy', 'all'];

let node: MemoryNode;
let key: SessionKey;

beforeEach(async () => {
  ({ node, key } = await begunShop());
});

async function stored(name: string): Promise<Cart> {
  return (await node.open(key)).read(name) as Cart;
}

/** A frozen cart, as an application that hasn't read for change has it. */
async function view(): Promise<Cart> {
  return stored('read');
}

describe.each(POLICIES)('an object made of what was read, assigned under %s', (policy) => {
  it('can be changed at once in all its parts, and stays the object that was given', async () => {
    const cart = await view();
    const given = Object.assign(new Cart(), cart);
    await node.unit(key, (unit) => {
      unit.set(policy, given);
      const assigned = cartOf(unit, policy);
      assigned.put('salt');
      assigned.lines[0]?.add(4);
      assigned.since?.setTime(5);
      assigned.extra['new'] = true;
      expect(assigned).toBe(given);
      expect(given.lines).toHaveLength(3);
    });
    const now = await stored(policy);
    expect(now.lines.map(({ sku, qty }) => [sku, qty])).toEqual([
      ['tea', 5],
      ['milk', 2],
      ['salt', 0],
    ]);
    expect([now.since?.getTime(), now.extra]).toEqual([5, { new: true }]);
    expect(cart.lines.map(({ qty }) => qty)).toEqual([1, 2]);
  });

  it('can be changed where it is what was read itself', async () => {
    const cart = await view();
    await node.unit(key, (unit) => {
      unit.set(policy, cart);
      cartOf(unit, policy).lines.pop();
    });
    expect((await stored(policy)).lines).toHaveLength(1);
    expect(cart.lines).toHaveLength(2);
  });

  it('keeps in one what several of its places hold, in Maps and Sets too', async () => {
    const [line] = (await view()).lines;
    await node.unit(key, (unit) => {
      unit.set('other', { map: new Map([['a', line]]), set: new Set(['x', line, 'y']), list: [{ line }] });
      const other = unit.mutate('other') as {
        map: Map<string, Cart['lines'][0]>;
        set: Set<unknown>;
        list: { line: Cart['lines'][0] }[];
      };
      other.list[0]!.line.qty = 7;
      expect(other.map.get('a')).toBe(other.list[0]!.line);
      expect([...other.set]).toEqual(['x', other.list[0]!.line, 'y']);
    });
    const other = (await node.open(key)).read('other') as { map: Map<string, { qty: number }>; set: Set<unknown> };
    expect(other.map.get('a')?.qty).toBe(7);
    expect([...other.set][1]).toBe(other.map.get('a'));
  });

  it("is refused for what can't be stored only when it is to be stored", async () => {
    const cart = await view();
    const unit = await node.open(key);
    unit.set(policy, Object.assign(new Cart(), cart, { extra: Object.freeze({ done: () => 1 }) }));
    expect(() => unit.mutate(policy)).not.toThrow();
    await expect(unit.finish()).rejects.toMatchObject({ name: 'UnsupportedValueError' });
  });
});
