import { describe, expect, it } from 'vitest';
import type { AttributeOptions } from '../core/access/index.js';
import { CommitConflictError } from '../core/errors/index.js';
import { Counter } from '../core/patch/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { failureOf } from './options.fixture.js';
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

  it.each(ways)(
    'goes when the default is assigned, or it is deleted, after a mutable access too: %j',
    async (options) => {
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
    },
  );
});

describe('two units that assign what neither can read', () => {
  async function race(merge: AttributeOptions['merge']): Promise<{ error: unknown; cart: unknown }> {
    const shared = new SharedLog();
    const key = await damaged(shared);
    const node = shared.node(cartWith(merge === undefined ? {} : { merge }));
    const [one, two] = [await node.open(key), await node.open(key)];
    one.set('cart', { items: { a: 1 } });
    two.set('cart', { items: { b: 1 } });
    const [first, error] = await Promise.all([failureOf(one.finish()), failureOf(two.finish())]);
    expect(first).toBeUndefined();
    return { error, cart: (await node.open(key)).read('cart') };
  }

  it.each([
    ['reject', 'reject' as const],
    ['retry', 'retry' as const],
    ['a policy', Counter as AttributeOptions['merge']],
    ['a function', (base: unknown) => base],
  ])('conflict under %s', async (_, merge) => {
    const { error, cart } = await race(merge);
    expect(error).toBeInstanceOf(CommitConflictError);
    expect(error).toMatchObject({ attribute: 'cart', paths: ['cart'] });
    expect(cart).toEqual({ items: { a: 1 } });
  });

  it('follow one another under lastWriteWins', async () => {
    expect(await race('lastWriteWins')).toEqual({ error: undefined, cart: { items: { b: 1 } } });
  });
});
