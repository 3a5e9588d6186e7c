import { beforeEach, describe, expect, it } from 'vitest';
import {
  AbandonedObjectError,
  CommitConflictError,
  UnitEndedError,
  UnsupportedValueError,
} from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { MemoryNode } from '../testing/memory-node.js';
import { begunShop, Cart, cartOf, Line, Shop, type Policy } from './tracked-shop.fixture.js';

let node: MemoryNode;
let key: SessionKey;

beforeEach(async () => {
  ({ node, key } = await begunShop());
});

async function stored(name: string): Promise<Cart> {
  return (await node.open(key)).read(name) as Cart;
}

describe.each<Policy>(['read', 'proxy', 'all'])('an attribute tracked by %s', (name) => {
  it('commits what was changed in place, by a method, in a date and in bytes, and no more', async () => {
    await node.unit(key, (unit) => {
      const cart = cartOf(unit, name);
      cart.lines[1]?.add(5);
      cart.since?.setTime(2000);
      cart.bytes.fill(7, 1, 3);
    });
    const cart = await stored(name);
    expect([cart.lines[1]?.qty, cart.since?.getTime(), [...cart.bytes]]).toEqual([7, 2000, [0, 7, 7, 0]]);
    expect(node.commits).toHaveLength(1);
    expect(cart.lines[0]?.qty).toBe(1);
  });

  it('sends nothing when what was changed is as it was', async () => {
    await node.unit(key, (unit) => {
      const cart = cartOf(unit, name);
      cart.put('bread');
      cart.lines.pop();
      cart.since?.setTime(2000);
      cart.since?.setTime(1000);
    });
    expect(node.commits).toEqual([]);
  });

  it('is never reached by what another unit on the node changes', async () => {
    const [one, other] = [await node.open(key), await node.open(key)];
    const [mine, theirs] = [cartOf(one, name), cartOf(other, name)];
    theirs.put('bread');
    const first = theirs.lines[0];
    if (first !== undefined) first.qty = 50;
    expect(mine.lines.map(({ sku, qty }) => [sku, qty])).toEqual([
      ['tea', 1],
      ['milk', 2],
    ]);
    await other.finish();
    expect(mine.lines[0]?.qty).toBe(1);
    mine.lines[1]?.add(1);
    await one.finish();
    expect((await stored(name)).lines.map(({ qty }) => qty)).toEqual([50, 3, 0]);
  });

  it('counts what is changed after an await, through an alias kept from before', async () => {
    await node.unit(key, async (unit) => {
      const line = cartOf(unit, name).lines[0];
      await Promise.resolve();
      line?.add(10);
    });
    expect((await stored(name)).lines[0]?.qty).toBe(11);
  });

  it('goes on after an early commit with the objects handed out before', async () => {
    const unit = await node.open(key);
    const cart = cartOf(unit, name);
    const first = cart.lines[0];
    const added = Object.assign(new Line(), { sku: 'bread' });
    cart.lines.push(added);
    cart.extra['list'] = [1];
    await unit.commit();
    added.qty = 9;
    first?.add(1);
    cart.since?.setTime(3000);
    (cart.extra['list'] as number[]).push(2);
    await unit.commit();
    added.notes.set('x', 1);
    await unit.finish();
    const after = await stored(name);
    expect(after.lines.map(({ qty }) => qty)).toEqual([2, 2, 9]);
    expect([after.since?.getTime(), after.extra['list'], after.lines[2]?.notes.get('x')]).toEqual([3000, [1, 2], 1]);
    expect(node.commits).toHaveLength(3);
  });

  it('hands out one object all through a unit', async () => {
    const unit = await node.open(key);
    const cart = cartOf(unit, name);
    expect(cartOf(unit, name)).toBe(cart);
    expect(unit.read(name)).toBe(cart);
    expect(cart.lines[0]).toBe(cart.lines[0]);
    expect(cart).toBeInstanceOf(Cart);
  });

  it('takes parts of another attribute as copies of its own', async () => {
    await node.unit(key, (unit) => {
      const cart = cartOf(unit, name);
      const [line] = cart.lines;
      line?.notes.set('x', new Date(5));
      unit.set('copy', line);
      const other = unit.mutate('other') as Record<string, unknown>;
      other['line'] = line;
      other['same'] = line;
      const huge = unit.mutate('huge') as Record<string, unknown>;
      huge['deep'] = { notes: line?.notes, line };
      line?.add(4);
    });
    await node.unit(key, (unit) => {
      cartOf(unit, name).lines[0]?.add(100);
    });
    const reader = await node.open(key);
    const other = reader.read('other') as Record<string, Line>;
    expect((reader.read('copy') as Line).qty).toBe(1);
    expect(other['line']).toBe(other['same']);
    expect(other['line']?.qty).toBe(5);
    expect(other['line']?.notes.get('x')).toEqual(new Date(5));
    const { deep } = reader.read('huge') as { deep: { notes: Map<string, Date>; line: Line } };
    expect(deep.line.notes).toBe(deep.notes);
    expect(deep.notes.get('x')).toEqual(new Date(5));
    expect((await stored(name)).lines[0]?.qty).toBe(105);
  });

  it('may be assigned itself, or a new value made of its parts', async () => {
    await node.unit(key, (unit) => {
      const cart = cartOf(unit, name);
      cart.lines[0]?.add(1);
      unit.set(name, cart);
      cart.lines[0]?.add(1);
      unit.update(name, (value) => Object.assign(new Cart(), { lines: [...(value as Cart).lines].reverse() }));
      cart.lines[1]?.add(1);
      cart.lines[0]?.add(1);
    });
    expect((await stored(name)).lines.map(({ sku, qty }) => [sku, qty])).toEqual([
      ['milk', 3],
      ['tea', 4],
    ]);
  });

  it('is back to its default after delete, whatever was handed out', async () => {
    await node.unit(key, (unit) => {
      cartOf(unit, name).put('bread');
      unit.delete(name);
    });
    expect((await stored(name)).lines).toEqual([]);
  });

  it('lets what was taken out of it become anything', async () => {
    await node.unit(key, (unit) => {
      const cart = cartOf(unit, name);
      Object.assign(cart.lines.pop() ?? {}, { onDone: () => 1 });
    });
    expect((await stored(name)).lines.map(({ sku }) => sku)).toEqual(['tea']);
  });

  it('refuses a getter that was defined on an object of it', async () => {
    const unit = await node.open(key);
    const cart = cartOf(unit, name);
    let calls = 0;
    const define = (): void => {
      Object.defineProperty(cart.lines[0], 'qty', {
        get: () => ++calls,
        enumerable: true,
        configurable: true,
      });
    };
    const outcome = Promise.resolve()
      .then(define)
      .then(() => unit.finish());
    await expect(outcome).rejects.toThrow(UnsupportedValueError);
    await expect(outcome).rejects.toThrow(`${name}.lines[0].qty: a getter can't be stored`);
    if (name === 'proxy') expect(calls).toBe(0);
  });
});

describe('an attribute tracked by proxy', () => {
  it('is no candidate before something is written', async () => {
    const before = node.engine.figures.candidates;
    await node.unit(key, (unit) => {
      JSON.stringify(unit.mutate('proxy'));
    });
    expect(node.engine.figures.candidates).toBe(before);
  });

  it('refuses writes that would be lost: after the unit, after reload(), while the last commit is under way', async () => {
    const unit = await node.open(key);
    const cart = cartOf(unit, 'proxy');
    await unit.reload();
    expect(() => cart.put('late')).toThrow(AbandonedObjectError);
    const again = cartOf(unit, 'proxy');
    again.put('bread');
    const finished = unit.finish();
    expect(() => again.lines.pop()).toThrow(UnitEndedError);
    await finished;
    expect(() => again.put('late')).toThrow(UnitEndedError);
    expect(again.lines).toHaveLength(3);
    expect((await stored('proxy')).lines).toHaveLength(3);
  });

  it('counts what two nodes did to one object, each by a name of its own', async () => {
    const other = new MemoryNode(Shop, { log: node.log });
    await node.unit(key, (unit) => {
      const row = { n: 0, note: 'long enough to be sent as a patch'.repeat(5) };
      unit.set('huge', { rows: [row], byId: { r: row } });
    });
    const [one, two] = [await node.open(key), await other.open(key)];
    type Held = { rows: [{ n: number }]; byId: { r: { n: number; note: string } } };
    (one.mutate('huge') as Held).rows[0].n++;
    (two.mutate('huge') as Held).byId.r.n++;
    await one.finish();
    await expect(two.finish()).rejects.toThrow(CommitConflictError);
    const three = await other.open(key);
    (three.mutate('huge') as Held).byId.r.note = '';
    const four = await node.open(key);
    (four.mutate('huge') as Held).rows[0].n++;
    await three.finish();
    await four.finish();
    expect((await other.open(key)).read('huge')).toMatchObject({ rows: [{ n: 2, note: '' }] });
  });

  it('merges with what another node committed meanwhile', async () => {
    const other = new MemoryNode(Shop, { log: node.log });
    const [one, two] = [await node.open(key), await other.open(key)];
    cartOf(one, 'proxy').lines[0]?.add(10);
    cartOf(two, 'proxy').lines[1]?.add(20);
    cartOf(two, 'proxy').put('bread');
    await one.finish();
    await two.finish();
    expect(((await (await other.open(key)).read('proxy')) as Cart).lines.map(({ qty }) => qty)).toEqual([11, 22, 0]);
  });
});
