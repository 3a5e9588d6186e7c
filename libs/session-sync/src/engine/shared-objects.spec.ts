import { beforeEach, describe, expect, it } from 'vitest';
import type { SessionKey } from '../core/session/identity.js';
import type { MemoryNode } from '../testing/memory-node.js';
import { begunShop, type Cart, cartOf, Line } from './tracked-shop.fixture.js';
import type { UnitOfWork } from './unit-of-work.js';

let node: MemoryNode;
let key: SessionKey;

beforeEach(async () => {
  ({ node, key } = await begunShop());
});

async function stored(name: string): Promise<Cart> {
  return (await node.open(key)).read(name) as Cart;
}

describe('an object put into two attributes', () => {
  it('is stored as two, counted, and told once with both names', async () => {
    const share = (unit: UnitOfWork): void => {
      const line = Object.assign(new Line(), { sku: 'shared' });
      cartOf(unit, 'read').lines.push(line);
      cartOf(unit, 'all').lines.push(line);
    };
    await node.unit(key, share);
    expect(node.warnings).toEqual([{ kind: 'sharedObject', attributes: ['read', 'all'] }]);
    await node.unit(key, share);
    expect(node.warnings).toHaveLength(1);
    expect(node.engine.figures.sharedObjects).toBe(2);
    await node.unit(key, (unit) => {
      cartOf(unit, 'read').lines[2]?.add(1);
    });
    expect((await stored('all')).lines[2]?.qty).toBe(0);
  });

  it('is seen also where one of them holds the part of another by proxy', async () => {
    await node.unit(key, (unit) => {
      const [line] = cartOf(unit, 'proxy').lines;
      line?.add(1);
      (unit.mutate('other') as Record<string, unknown>)['line'] = line;
    });
    expect(node.warnings).toEqual([{ kind: 'sharedObject', attributes: ['proxy', 'other'] }]);
  });

  it('is not told of what is frozen, or was copied', async () => {
    await node.unit(key, (unit) => {
      const [line] = (unit.read('proxy') as Cart).lines;
      unit.set('copy', line);
      cartOf(unit, 'read').extra['view'] = line;
      cartOf(unit, 'proxy').extra['view'] = line;
    });
    expect(node.warnings).toEqual([]);
    expect(node.engine.figures).toMatchObject({ sharedObjects: 0, changed: 6 });
    const cart = await stored('proxy');
    expect(cart.extra['view']).toEqual(cart.lines[0]);
    expect(cart.extra['view']).not.toBe(cart.lines[0]);
  });

  it("is looked for past what left its attribute and became something that can't be stored", async () => {
    await node.unit(key, (unit) => {
      const line = cartOf(unit, 'proxy').lines.pop() as Line & { listener?: object };
      line.listener = { onChange: () => 1 };
      cartOf(unit, 'read').extra['note'] = { text: 'kept' };
    });
    expect((await stored('proxy')).lines).toHaveLength(1);
    expect((await stored('read')).extra['note']).toEqual({ text: 'kept' });
  });
});
