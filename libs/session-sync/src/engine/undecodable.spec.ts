import { describe, expect, it } from 'vitest';
import { AttributeDecodeError, CommitConflictError, SessionEndedError } from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { UndecodablePolicy } from '../core/access/index.js';
import { cartV1, lastLine, sessionClass, SharedLog, type CartV1 } from './versions.fixture.js';

const failing = (onUndecodable?: UndecodablePolicy) =>
  sessionClass({
    cart: {
      initial: () => ({ lines: [] }),
      options: {
        mutable: true,
        version: 2,
        migrate: {
          1: () => {
            throw new RangeError('never migrates');
          },
        },
        ...(onUndecodable && { onUndecodable }),
      },
    },
    note: { initial: '' },
  });

interface Lines {
  lines: string[];
}

/** A session of one version-1 cart, and what its text is turned into. */
async function begun(shared: SharedLog, damage?: (body: string) => string): Promise<SessionKey> {
  const { key } = await shared.node(cartV1).unit(undefined, (u) => {
    (u.mutate('cart') as CartV1).items['tea'] = 2;
    u.set('note', 'kept');
  });
  if (key === undefined) throw new Error('nothing was stored');
  if (damage !== undefined) await shared.rewrite(key, damage);
  return key;
}

async function errorOf(work: () => unknown): Promise<AttributeDecodeError> {
  const error: unknown = await Promise.resolve()
    .then(work)
    .catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AttributeDecodeError);
  return error as AttributeDecodeError;
}

const damaged = (body: string): string => body.replace(/^=cart .*$/m, '=cart {"items":');

describe("onUndecodable: 'throw'", () => {
  it.each([
    ['a migration that fails', failing(), undefined],
    ['damaged text', cartV1, damaged],
    ['an unknown class', cartV1, (body: string) => body.replace(/^=cart .*$/m, '=cart {"$class":["Gone",{}]}')],
  ])('names attribute and revision of %s, and leaves the others alone', async (_, session, damage) => {
    const shared = new SharedLog();
    const key = await begun(shared, damage);
    const unit = await shared.node(session).open(key);
    for (const access of [() => unit.read('cart'), () => unit.mutate('cart')]) {
      expect(await errorOf(access)).toMatchObject({ attribute: 'cart', revision: unit.revision });
    }
    expect(unit.read('note')).toBe('kept');
    unit.set('note', 'new');
    await unit.finish();
  });

  it('keeps the reason of a migration as the cause, out of the text', async () => {
    const shared = new SharedLog();
    const unit = await shared.node(failing()).open(await begun(shared));
    const error = await errorOf(() => unit.read('cart'));
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(error.message).not.toContain('never migrates');
    expect(error.reason).toBe('its migration from version 1 failed');
  });

  it('lets the attribute be removed', async () => {
    const shared = new SharedLog();
    const node = shared.node(failing());
    const key = await begun(shared);
    await node.unit(key, (u) => u.delete('cart'));
    expect((await node.open(key)).read('cart')).toEqual({ lines: [] });
  });

  it.each([[['milk']], [[]]])('lets the attribute be assigned without reading it: %j', async (lines) => {
    const shared = new SharedLog();
    const node = shared.node(failing());
    const key = await begun(shared);
    await node.unit(key, (u) => u.set('cart', { lines }));
    expect((await node.open(key)).read('cart')).toEqual({ lines });
  });

  it('lets it be assigned while others change something else', async () => {
    const shared = new SharedLog();
    const [node, other] = [shared.node(failing()), shared.node(failing())];
    const key = await begun(shared);
    const slow = await node.open(key);
    slow.set('cart', { lines: ['milk'] });
    await other.unit(key, (u) => u.set('note', 'a snapshot'));
    await slow.finish();
    const unit = await other.open(key);
    expect([unit.read('cart'), unit.read('note')]).toEqual([{ lines: ['milk'] }, 'a snapshot']);
  });

  it.each([
    ['undefined', () => undefined],
    ['a promise', () => Promise.resolve({})],
    ['a function', () => () => 1],
  ])('counts a migration that gives %s as failed', async (_, migrate) => {
    const shared = new SharedLog();
    const session = sessionClass({ cart: { initial: () => ({}), options: { version: 2, migrate: { 1: migrate } } } });
    const unit = await shared.node(session).open(await begun(shared));
    expect((await errorOf(() => unit.read('cart'))).reason).toContain('its migration');
  });

  it('counts a version as undecodable from which no migration leads on any more', async () => {
    const shared = new SharedLog();
    const session = sessionClass({
      cart: { initial: () => ({}), options: { version: 3, migrate: { 2: (old) => old } } },
    });
    const unit = await shared.node(session).open(await begun(shared));
    expect((await errorOf(() => unit.read('cart'))).reason).toContain('of version 1');
  });
});

describe("onUndecodable: 'dropAttribute'", () => {
  it.each([
    ['a migration that fails', failing('dropAttribute'), undefined, { lines: [] }],
    [
      'damaged text',
      sessionClass({
        cart: { initial: () => ({ items: {} }), options: { mutable: true, onUndecodable: 'dropAttribute' } },
        note: { initial: '' },
      }),
      damaged,
      { items: {} },
    ],
  ])('reads %s as the default and stores nothing', async (_, session, damage, initial) => {
    const shared = new SharedLog();
    const node = shared.node(session);
    const key = await begun(shared, damage);
    const unit = await node.unit(key, (u) => {
      expect(u.read('cart')).toEqual(initial);
      u.mutate('cart');
    });
    expect(node.commits).toEqual([]);
    expect(node.engine.figures.droppedAttributes).toBe(1);
    expect(node.undecodable).toEqual([
      expect.objectContaining({ key, attribute: 'cart', policy: 'dropAttribute', revision: unit.revision }),
    ]);
  });

  it('keeps the text through other commits, and stores the whole value with the next change', async () => {
    const shared = new SharedLog();
    const [node, v1] = [shared.node(failing('dropAttribute')), shared.node(cartV1)];
    const key = await begun(shared);
    await node.unit(key, (u) => u.set('note', 'new'));
    expect(node.commits.at(-1)?.kind).toBe('snapshot');
    expect((await v1.open(key)).read('cart')).toEqual({ items: { tea: 2 } });
    await node.unit(key, (u) => void (u.mutate('cart') as Lines).lines.push('milk'));
    expect(lastLine(node, 'cart')).toBe('=cart@2 {"lines":["milk"]}');
  });

  it('tells of what an assignment overwrites', async () => {
    const shared = new SharedLog();
    const node = shared.node(failing('dropAttribute'));
    const key = await begun(shared);
    await node.unit(key, (u) => u.set('cart', { lines: ['milk'] }));
    expect(node.undecodable).toHaveLength(1);
    expect((await node.open(key)).read('cart')).toEqual({ lines: ['milk'] });
  });

  it('may be said for the module, and otherwise for an attribute', async () => {
    const shared = new SharedLog();
    const key = await begun(shared);
    expect((await shared.node(failing(), { onUndecodable: 'dropAttribute' }).open(key)).read('cart')).toEqual({
      lines: [],
    });
    const unit = await shared.node(failing('throw'), { onUndecodable: 'dropAttribute' }).open(key);
    await errorOf(() => unit.read('cart'));
  });

  it('refuses as a conflict what was begun on a value that somebody has made unreadable since', async () => {
    const shared = new SharedLog();
    const session = sessionClass({
      cart: {
        initial: () => ({ items: {} }),
        options: { mutable: true, merge: 'lastWriteWins', onUndecodable: 'dropAttribute' },
      },
      note: { initial: '' },
    });
    const node = shared.node(session);
    const key = await begun(shared);
    const slow = await node.open(key);
    (slow.mutate('cart') as CartV1).items['milk'] = 1;
    await shared.rewrite(key, damaged);
    await expect(slow.finish()).rejects.toBeInstanceOf(CommitConflictError);
    // Repeated, it is told that it begins anew.
    await node.unit(key, (u) => void ((u.mutate('cart') as CartV1).items['milk'] = 1));
    expect(node.engine.figures.droppedAttributes).toBe(1);
    expect((await node.open(key)).read('cart')).toEqual({ items: { milk: 1 } });
  });

  it('is no conflict where others change something else meanwhile', async () => {
    const shared = new SharedLog();
    const [node, other] = [shared.node(failing('dropAttribute')), shared.node(failing('dropAttribute'))];
    const key = await begun(shared);
    const slow = await node.open(key);
    (slow.mutate('cart') as Lines).lines.push('milk');
    await other.unit(key, (u) => u.set('note', 'a snapshot'));
    await slow.finish();
    expect((await other.open(key)).read('cart')).toEqual({ lines: ['milk'] });
  });

  it('reads the default also where stored patches do not fit, and folds what comes after', async () => {
    const shared = new SharedLog();
    const session = sessionClass({
      cart: { initial: () => ({ items: {} }), options: { mutable: true, onUndecodable: 'dropAttribute' } },
      note: { initial: '' },
    });
    const writer = shared.node(session);
    const key = await begun(shared);
    await writer.unit(key, (u) => {
      for (let i = 0; i < 500; i++) (u.mutate('cart') as CartV1).items[`sku-${i}`] = 1;
    });
    const [before, late] = [shared.node(session), shared.node(session)];
    expect((await before.open(key)).read('cart')).toHaveProperty('items.tea', 2);
    shared.damageNext((body) => body.replace('["items","sku-3"]', '["items","sku-3","no","way"]'));
    await writer.unit(key, (u) => void ((u.mutate('cart') as CartV1).items['sku-3'] = 2));
    for (const node of [before, late]) {
      const unit = await node.open(key);
      expect(unit.read('cart')).toEqual({ items: {} });
      expect(unit.read('note')).toBe('kept');
    }
    await late.unit(key, (u) => void ((u.mutate('cart') as CartV1).items['milk'] = 1));
    expect((await before.open(key)).read('cart')).toEqual({ items: { milk: 1 } });
  });
});

describe("onUndecodable: 'freshSession'", () => {
  it('gives a request a new session and leaves the stored one alone', async () => {
    const shared = new SharedLog();
    const node = shared.node(failing('freshSession'));
    const key = await begun(shared);
    const unit = await node.unit(key, (u) => {
      expect([u.isNew, u.key, u.read('cart'), u.read('note')]).toEqual([true, undefined, { lines: [] }, '']);
      u.set('note', 'fresh');
    });
    expect(unit.identity.kind).toBe('issued');
    expect(unit.key).not.toBe(key);
    expect(node.engine.figures.freshSessions).toBe(1);
    expect(node.undecodable).toEqual([expect.objectContaining({ key, attribute: 'cart', policy: 'freshSession' })]);
    expect((await shared.node(cartV1).open(key)).read('cart')).toEqual({ items: { tea: 2 } });
  });

  it('stores nothing when the request changes nothing', async () => {
    const shared = new SharedLog();
    const node = shared.node(failing('freshSession'));
    const unit = await node.unit(await begun(shared), (u) => void u.read('note'));
    expect([unit.identity.kind, node.commits.length]).toEqual(['same', 0]);
  });

  it('throws where a session is opened by its key', async () => {
    const shared = new SharedLog();
    const node = shared.node(failing('freshSession'));
    const key = await begun(shared);
    const unit = await node.engine.open({ key, whenAbsent: 'sameKey' });
    await errorOf(() => unit.read('cart'));
    expect(unit.read('note')).toBe('kept');
  });

  it('gives up no session for what a newer version stored', async () => {
    const shared = new SharedLog();
    const later = sessionClass({ cart: { initial: 0, options: { version: 3, migrate: { 2: (old) => old } } } });
    const { key } = await shared.node(later).unit(undefined, (u) => u.set('cart', 1));
    const unit = await shared.node(failing('freshSession')).open(key);
    expect([unit.key, unit.read('cart')]).toEqual([key, 1]);
  });

  it('is over for good once the stored session is ended', async () => {
    const shared = new SharedLog();
    const node = shared.node(failing('freshSession'));
    const key = await begun(shared);
    await node.engine.end(key, 'damaged');
    await expect(node.engine.end(key, 'again')).rejects.toBeInstanceOf(SessionEndedError);
  });
});
