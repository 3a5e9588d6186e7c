import { describe, expect, it } from 'vitest';
import type { AttributeOptions } from '../core/access/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { cartV1, lastLine, sessionClass, SharedLog, type CartV1 } from './versions.fixture.js';

const cartWith = (options: AttributeOptions) =>
  sessionClass({
    cart: { initial: () => ({ items: {} }), options: { mutable: true, ...options } },
    note: { initial: '' },
  });

/** A session whose cart can't be read. */
async function damaged(shared: SharedLog): Promise<SessionKey> {
  const { key } = await shared.node(cartV1).unit(undefined, (u) => {
    (u.mutate('cart') as CartV1).items['tea'] = 2;
    u.set('note', 'kept');
  });
  if (key === undefined) throw new Error('nothing was stored');
  await shared.rewrite(key, (body) => body.replace(/^=cart .*$/m, '=cart {"items":'));
  return key;
}

describe('text that the default stands in for', () => {
  const ways: AttributeOptions[] = [
    {},
    { track: 'proxy' },
    { track: 'all' },
    { compare: 'binary' },
    { compare: () => false },
  ];

  it.each(ways)('stays as long as nothing is written: %j', async (options) => {
    const shared = new SharedLog();
    const key = await damaged(shared);
    const node = shared.node(cartWith({ onUndecodable: 'dropAttribute', ...options }));
    await node.unit(key, (u) => {
      u.mutate('cart');
      u.read('cart');
    });
    await node.unit(key, (u) => u.update('cart', () => undefined));
    expect(node.commits).toEqual([]);
  });

  it.each(ways)('goes when the default is assigned, or it is deleted, after a mutable access too: %j', async (options) => {
    for (const write of ['set', 'delete'] as const) {
      const shared = new SharedLog();
      const key = await damaged(shared);
      const node = shared.node(cartWith({ onUndecodable: 'dropAttribute', ...options }));
      await node.unit(key, (u) => {
        u.mutate('cart');
        if (write === 'set') u.set('cart', { items: {} });
        else u.delete('cart');
      });
      expect(lastLine(node, 'cart')).toBe('-cart');
    }
  });
});
