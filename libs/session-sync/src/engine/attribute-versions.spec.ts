import { describe, expect, it } from 'vitest';
import { AttributeVersionError } from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { MemoryNode } from '../testing/memory-node.js';
import { cartV1, cartV2, lastLine, sessionClass, SharedLog, type CartV1, type CartV2 } from './versions.fixture.js';

async function begun(node: MemoryNode): Promise<SessionKey> {
  const { key } = await node.unit(undefined, (unit) => {
    if (node.engine.schema.shape.attributes.get('cart')?.versions.version === 1) {
      (unit.mutate('cart') as CartV1).items['tea'] = 2;
    } else (unit.mutate('cart') as CartV2).lines.push({ sku: 'tea', qty: 2 });
  });
  if (key === undefined) throw new Error('nothing was stored');
  return key;
}

function twoVersions() {
  const shared = new SharedLog();
  return { shared, v1: shared.node(cartV1), v2: shared.node(cartV2) };
}

describe('a value of an older version', () => {
  it('is read as migrated, frozen, and reading stores nothing', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v1);
    const unit = await v2.unit(key, (u) => {
      expect(u.read('cart')).toEqual({ lines: [{ sku: 'tea', qty: 2 }] });
      expect(Object.isFrozen((u.read('cart') as CartV2).lines)).toBe(true);
      u.mutate('cart');
    });
    expect(v2.commits).toEqual([]);
    expect(unit.revision).toBe((await v1.open(key)).revision);
  });

  it('is stored whole under the new version by the first commit that modifies it', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v1);
    await v2.unit(key, (u) => void ((u.mutate('cart') as CartV2).lines[0]!.qty = 3));
    expect(lastLine(v2, 'cart')).toBe('=cart@2 {"lines":[{"sku":"tea","qty":3}]}');
  });

  it('is patched once it is stored under the new version', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v1);
    const fill = (u: { mutate(name: string): unknown }): void => {
      for (let i = 0; i < 400; i++) (u.mutate('cart') as CartV2).lines.push({ sku: `sku-${i}`, qty: 1 });
    };
    await v2.unit(key, fill);
    await v2.unit(key, (u) => void ((u.mutate('cart') as CartV2).lines[7]!.qty = 9));
    expect(lastLine(v2, 'cart')).toBe('~cart [["set",["lines",7,"qty"],9]]');
  });

  it('keeps its version in snapshots that other changes make', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v1);
    await v2.unit(key, (u) => u.set('note', 'x'));
    await v1.unit(key, (u) => void ((u.mutate('cart') as CartV1).items['milk'] = 1));
    expect((await v2.open(key)).read('cart')).toEqual({
      lines: [
        { sku: 'tea', qty: 2 },
        { sku: 'milk', qty: 1 },
      ],
    });
  });

  it('is merged, as migrated, with what a node of the old version changes meanwhile', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v1);
    const slow = await v2.open(key);
    (slow.mutate('cart') as CartV2).lines[0]!.qty = 7;
    await v1.unit(key, (u) => void ((u.mutate('cart') as CartV1).items['milk'] = 1));
    await slow.finish();
    expect((await v2.open(key)).read('cart')).toEqual({
      lines: [
        { sku: 'tea', qty: 7 },
        { sku: 'milk', qty: 1 },
      ],
    });
  });

  it('goes through every version in between', async () => {
    const shared = new SharedLog();
    const v3 = sessionClass({
      cart: {
        initial: () => [],
        options: {
          mutable: true,
          version: 3,
          migrate: {
            1: ({ items }: CartV1) => ({ lines: Object.keys(items) }),
            2: ({ lines }: { lines: string[] }) => lines,
          },
        },
      },
    });
    const key = await begun(shared.node(cartV1));
    expect((await shared.node(v3).open(key)).read('cart')).toEqual(['tea']);
  });
});

describe('a value of a newer version', () => {
  it('is read as it is stored, frozen', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v2);
    const cart = (await v1.open(key)).read('cart') as CartV2;
    expect(cart).toEqual({ lines: [{ sku: 'tea', qty: 2 }] });
    expect(Object.isFrozen(cart.lines)).toBe(true);
  });

  it.each(['read', 'proxy', 'all'] as const)(
    'is read under every policy, in a unit that may write: %s',
    async (track) => {
      const { shared, v2 } = twoVersions();
      const key = await begun(v2);
      const session = sessionClass({ cart: { initial: () => ({ items: {} }), options: { mutable: true, track } } });
      const unit = await shared.node(session).open(key);
      expect(unit.read('cart')).toEqual({ lines: [{ sku: 'tea', qty: 2 }] });
      expect(() => unit.mutate('cart')).toThrow(AttributeVersionError);
    },
  );

  it('refuses every write access, naming both versions', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v2);
    const unit = await v1.open(key);
    const writes = [
      () => unit.mutate('cart'),
      () => unit.set('cart', { items: {} }),
      () => unit.delete('cart'),
      () => unit.update('cart', () => undefined),
    ];
    for (const write of writes) {
      expect(write).toThrow(AttributeVersionError);
      expect(write).toThrow(
        expect.objectContaining({ attribute: 'cart', storedVersion: 2, ownVersion: 1, retryable: false }),
      );
    }
  });

  it('keeps an update function of an older version from seeing it', async () => {
    const shared = new SharedLog();
    const attribute = (version: number) =>
      sessionClass({ total: { initial: 0, options: version === 1 ? {} : { version, migrate: { 1: String } } } });
    const v2 = shared.node(attribute(2));
    const { key } = await v2.unit(undefined, (u) => u.set('total', 'two'));
    const unit = await shared.node(attribute(1)).open(key);
    const seen: unknown[] = [];
    expect(() => unit.update('total', (total) => seen.push(total))).toThrow(AttributeVersionError);
    expect(seen).toEqual([]);
  });

  it('refuses a commit that was begun before it was stored', async () => {
    const { v1, v2 } = twoVersions();
    const key = await begun(v1);
    const slow = await v1.open(key);
    (slow.mutate('cart') as CartV1).items['milk'] = 1;
    slow.set('note', 'slow');
    await v2.unit(key, (u) => void ((u.mutate('cart') as CartV2).lines[0]!.qty = 3));
    await expect(slow.finish()).rejects.toBeInstanceOf(AttributeVersionError);
    const unit = await v2.open(key);
    expect([unit.read('cart'), unit.read('note')]).toEqual([{ lines: [{ sku: 'tea', qty: 3 }] }, '']);
  });

  it('passes through snapshots and a new id byte for byte, patched by newer nodes or not', async () => {
    const { shared, v1, v2 } = twoVersions();
    const key = await begun(v2);
    await v2.unit(key, (u) => {
      for (let i = 0; i < 400; i++) (u.mutate('cart') as CartV2).lines.push({ sku: `sku-${i}`, qty: 1 });
    });
    for (let i = 0; i < 3; i++) {
      await v1.unit(key, (u) => u.set('note', 'x'.repeat(i)));
      await v2.unit(key, (u) => void ((u.mutate('cart') as CartV2).lines[i]!.qty = 9));
    }
    const before = (await v2.open(key)).read('cart');
    const moving = await v1.open(key);
    await moving.regenerate();
    await moving.finish();
    expect(v1.commits.at(-1)?.kind).toBe('snapshot');
    const after = await shared.node(cartV2).open(moving.key);
    expect(JSON.stringify(after.read('cart'))).toBe(JSON.stringify(before));
    expect((await v1.open(moving.key)).read('note')).toBe('xx');
    await expect(v1.unit(moving.key, (u) => u.delete('cart'))).rejects.toBeInstanceOf(AttributeVersionError);
  });
});
