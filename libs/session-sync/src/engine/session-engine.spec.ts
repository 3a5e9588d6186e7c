import 'reflect-metadata';
import { Type } from 'class-transformer';
import { beforeEach, describe, expect, it } from 'vitest';
import { declareAttribute } from '../core/access/index.js';
import {
  CommitConflictError,
  CommitUnknownError,
  ImmutableAttributeError,
  SessionEndedError,
  SessionTooLargeError,
  StoreUnavailableError,
  UnitEndedError,
  UnknownAttributeError,
  UnsupportedValueError,
} from '../core/errors/index.js';
import { Counter } from '../core/patch/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { FaultySessionLog, ManualClock, MemorySessionLog } from '../memory/index.js';
import { NodeClock } from '../standalone/platform/node-clock.js';
import { MemoryNode } from '../testing/memory-node.js';

class Line {
  sku = '';
  qty = 0;
}

class Cart {
  lines: Line[] = [];
  add(sku: string, qty = 1): void {
    this.lines.push(Object.assign(new Line(), { sku, qty }));
  }
}
Type(() => Line)(Cart.prototype, 'lines');

class Shop {
  userId: string | undefined;
  locale = 'en';
  cart = new Cart();
  visits = 0;
  tags = new Map<string, Date>();
  note = '';
  theme = 'light';
}
declareAttribute(Shop.prototype, 'userId', {}, String);
declareAttribute(Shop.prototype, 'locale', {}, String);
declareAttribute(Shop.prototype, 'cart', { mutable: true }, Cart);
declareAttribute(Shop.prototype, 'visits', { merge: Counter }, Number);
declareAttribute(Shop.prototype, 'tags', { mutable: true }, Map);
declareAttribute(Shop.prototype, 'note', {}, String);
declareAttribute(Shop.prototype, 'theme', { merge: 'lastWriteWins' }, String);

function cartOf(unit: { mutate(name: string): unknown }): Cart {
  return unit.mutate('cart') as Cart;
}

let clock: ManualClock;
let log: FaultySessionLog;
let a: MemoryNode;
let b: MemoryNode;

beforeEach(() => {
  clock = new ManualClock();
  log = new FaultySessionLog(new MemorySessionLog({ clock }));
  a = new MemoryNode(Shop, { log, clock });
  b = new MemoryNode(Shop, { log, clock });
});

async function begun(fill?: (cart: Cart) => void): Promise<SessionKey> {
  const unit = await a.unit(undefined, (u) => {
    u.set('userId', 'ada');
    fill?.(cartOf(u));
  });
  if (unit.key === undefined) throw new Error('nothing was stored');
  return unit.key;
}

/** More than 4 KiB, so that commits go out as deltas. */
function large(cart: Cart): void {
  for (let i = 0; i < 200; i++) cart.add(`sku-${i}`, 1);
}

describe('a unit', () => {
  it('stores nothing and makes no key while nothing was modified', async () => {
    const unit = await a.unit(undefined, (u) => {
      expect(u.read('locale')).toBe('en');
      expect(cartOf(u).lines).toEqual([]);
    });
    expect(unit.key).toBeUndefined();
    expect(unit.identity).toEqual({ kind: 'same' });
    expect(a.commits).toEqual([]);
  });

  it('creates the session at its first modification and issues an id for it', async () => {
    const unit = await a.unit(undefined, (u) => u.set('userId', 'ada'));
    expect(unit.identity.kind).toBe('issued');
    expect(a.commits).toMatchObject([{ kind: 'snapshot', difference: '=userId "ada"', units: 1 }]);
    const other = await b.open(unit.key);
    expect(other.read('userId')).toBe('ada');
    expect(other.isNew).toBe(false);
  });

  it('sends no message when what was handed out for change did not change', async () => {
    const key = await begun((cart) => cart.add('tea'));
    a.commits.length = 0;
    await a.unit(key, (u) => {
      const cart = cartOf(u);
      cart.lines.push(new Line());
      cart.lines.pop();
      u.set('userId', 'ada');
    });
    expect(a.commits).toEqual([]);
  });

  it('commits only the difference of the attribute that changed', async () => {
    const key = await begun(large);
    a.commits.length = 0;
    await a.unit(key, (u) => {
      const line = cartOf(u).lines[100];
      if (line !== undefined) line.qty = 5;
      u.read('locale');
    });
    const [commit] = a.commits;
    expect(a.commits).toHaveLength(1);
    expect(commit?.kind).toBe('delta');
    expect(commit?.difference).toMatch(/^~cart /);
    expect(commit?.difference.length).toBeLessThan(80);
    expect(commit?.fullSaveBytes).toBeGreaterThan(4096);
    const cart = (await b.open(key)).read('cart') as Cart;
    expect(cart).toBeInstanceOf(Cart);
    expect(cart.lines[100]).toBeInstanceOf(Line);
    expect(cart.lines[100]?.qty).toBe(5);
  });

  it('hands out frozen values to readers and never lets a working copy touch the benchmark', async () => {
    const key = await begun((cart) => cart.add('tea'));
    const reader = await a.open(key);
    const seen = reader.read('cart') as Cart;
    const writer = await a.open(key);
    cartOf(writer).add('milk');
    expect(seen.lines).toHaveLength(1);
    expect(() => seen.lines.push(new Line())).toThrow(TypeError);
    expect((writer.read('cart') as Cart).lines).toHaveLength(2);
    await writer.finish();
    expect((reader.read('cart') as Cart).lines).toHaveLength(1);
  });

  it('is not reached any more by changes to its objects after its end', async () => {
    const key = await begun();
    let kept: Cart | undefined;
    await a.unit(key, (u) => {
      kept = cartOf(u);
      kept.add('tea');
    });
    kept?.add('milk');
    expect(((await a.open(key)).read('cart') as Cart).lines).toHaveLength(1);
  });

  it('keeps dates, maps and their order', async () => {
    const key = await begun();
    const day = new Date('2026-01-02T03:04:05.006Z');
    await a.unit(key, (u) => void (u.mutate('tags') as Map<string, Date>).set('b', day).set('a', day));
    const tags = (await b.open(key)).read('tags') as Map<string, Date>;
    expect([...tags.keys()]).toEqual(['b', 'a']);
    expect(tags.get('a')?.getTime()).toBe(day.getTime());
    expect(() => tags.set('c', day)).toThrow(ImmutableAttributeError);
  });

  it('refuses what it cannot store, naming the path', async () => {
    const key = await begun();
    const unit = await a.open(key);
    Object.assign(cartOf(unit), { onClick: () => undefined });
    const failure = await unit.finish().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnsupportedValueError);
    expect(failure).toMatchObject({ path: 'cart.onClick' });
  });

  it('refuses unknown attributes, writes to immutable ones and access after its end', async () => {
    const unit = await a.open(await begun());
    expect(() => unit.read('nope')).toThrow(UnknownAttributeError);
    expect(() => unit.mutate('locale')).toThrow(ImmutableAttributeError);
    await unit.finish();
    expect(() => unit.read('locale')).toThrow(UnitEndedError);
  });

  it('takes an attribute back to its default', async () => {
    const key = await begun((cart) => cart.add('tea'));
    await a.unit(key, (u) => u.delete('cart'));
    expect(a.commits.at(-1)?.difference).toBe('-cart');
    expect(((await b.open(key)).read('cart') as Cart).lines).toEqual([]);
  });

  it('commits early, goes on, and compares with what it committed', async () => {
    const key = await begun(large);
    const unit = await a.open(key);
    cartOf(unit).add('one');
    await unit.commit();
    cartOf(unit).add('two');
    await unit.finish();
    expect(((await b.open(key)).read('cart') as Cart).lines.slice(-2).map(({ sku }) => sku)).toEqual(['one', 'two']);
    expect(a.commits.slice(-2).map(({ kind }) => kind)).toEqual(['delta', 'delta']);
  });

  it('gives up its changes on reload', async () => {
    const key = await begun();
    await a.unit(key, async (u) => {
      cartOf(u).add('tea');
      await u.reload();
      expect((u.read('cart') as Cart).lines).toEqual([]);
    });
    expect(a.commits).toHaveLength(1);
  });
});

describe('units at once', () => {
  it.each([['small', undefined], ['large', large]])('lose no increment and no line, from two nodes, on a %s session', async (_, fill) => {
    const key = await begun(fill);
    const before = ((await a.open(key)).read('cart') as Cart).lines.length;
    const rounds = Array.from({ length: 40 }, (_unused, i) => i);
    await Promise.all(
      rounds.map((i) =>
        [a, b][i % 2]?.unit(key, (u) => {
          u.update('visits', (n) => (n as number) + 1);
          cartOf(u).add(`line-${i}`);
        }),
      ),
    );
    const end = await a.open(key);
    expect(end.read('visits')).toBe(40);
    const skus = (end.read('cart') as Cart).lines.slice(before).map(({ sku }) => sku);
    expect(skus.toSorted()).toEqual(rounds.map((i) => `line-${i}`).toSorted());
    expect(a.commits.length + b.commits.length).toBeLessThan(41);
  });

  it('merge different attributes and different lines', async () => {
    const key = await begun((cart) => {
      cart.add('tea');
      cart.add('milk');
    });
    const [first, second] = [await a.open(key), await b.open(key)];
    first.set('locale', 'de');
    Object.assign(cartOf(first).lines[0] ?? {}, { qty: 7 });
    second.set('note', 'hello');
    Object.assign(cartOf(second).lines[1] ?? {}, { qty: 9 });
    await first.finish();
    await second.finish();
    const end = await a.open(key);
    expect([end.read('locale'), end.read('note')]).toEqual(['de', 'hello']);
    expect((end.read('cart') as Cart).lines.map(({ qty }) => qty)).toEqual([7, 9]);
  });

  it('refuse a true overlap, whole, and name it', async () => {
    const key = await begun((cart) => cart.add('tea'));
    const [first, second] = [await a.open(key), await b.open(key)];
    Object.assign(cartOf(first).lines[0] ?? {}, { qty: 7 });
    Object.assign(cartOf(second).lines[0] ?? {}, { qty: 9 });
    second.set('note', 'lost with it');
    await first.finish();
    const failure = await second.finish().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommitConflictError);
    expect(failure).toMatchObject({ attribute: 'cart', retryable: true });
    const end = await a.open(key);
    expect(end.read('note')).toBe('');
    expect((end.read('cart') as Cart).lines[0]?.qty).toBe(7);
  });

  it('overwrite where the attribute says so', async () => {
    const key = await begun();
    const [first, second] = [await a.open(key), await b.open(key)];
    first.set('theme', 'dark');
    second.set('theme', 'blue');
    await first.finish();
    await second.finish();
    expect((await a.open(key)).read('theme')).toBe('blue');
  });

  it('of one node go out combined, one message in flight', async () => {
    const key = await begun();
    a.commits.length = 0;
    await Promise.all(Array.from({ length: 30 }, () => a.unit(key, (u) => u.update('visits', (n) => (n as number) + 1))));
    expect(a.commits.reduce((sum, { units }) => sum + units, 0)).toBe(30);
    expect(a.commits.length).toBeLessThan(4);
    expect((await b.open(key)).read('visits')).toBe(30);
  });
});

describe('the end of a session', () => {
  it('is final: a slow unit cannot bring it back', async () => {
    const key = await begun();
    const slow = await b.open(key);
    slow.set('note', 'too late');
    await a.unit(key, (u) => u.end());
    await expect(slow.finish()).rejects.toThrow(SessionEndedError);
    expect((await b.open(key)).isNew).toBe(true);
  });

  it('tells the client, and anonymous units end nothing', async () => {
    const ended = await a.unit(await begun(), (u) => u.end());
    expect(ended.identity).toEqual({ kind: 'ended' });
    const messages = a.commits.length;
    await a.unit(undefined, (u) => u.end());
    expect(a.commits).toHaveLength(messages);
  });

  it('comes by idle time, as an event, and for all', async () => {
    const key = await begun();
    await clock.advance(30 * 60_000 + 1);
    expect((await b.open(key)).isNew).toBe(true);
    expect(b.commits).toMatchObject([{ kind: 'end' }]);
    expect((await a.open(key)).isNew).toBe(true);
    expect(a.commits.filter(({ kind }) => kind === 'end')).toEqual([]);
  });

  it('is put off by use, with one empty message in a tenth of the idle time', async () => {
    const key = await begun();
    for (let minute = 0; minute < 40; minute++) {
      await clock.advance(60_000);
      await a.unit(key, (u) => void u.read('locale'));
      await a.engine.idle();
    }
    const touches = a.commits.slice(1);
    expect(touches.length).toBeGreaterThan(8);
    expect(touches.length).toBeLessThan(15);
    expect(touches.every(({ difference }) => difference === '')).toBe(true);
    expect((await b.open(key)).read('userId')).toBe('ada');
  });

  it('comes at the absolute deadline however much it is used', async () => {
    const key = await begun();
    for (let i = 0; i < 12 * 3 - 1; i++) {
      await clock.advance(20 * 60_000);
      await a.unit(key, (u) => u.set('note', String(i)));
    }
    expect((await a.open(key)).isNew).toBe(false);
    await clock.advance(20 * 60_000 + 1);
    expect((await a.open(key)).isNew).toBe(true);
  });
});

describe('a new id', () => {
  it('keeps the data, ends the old key, and is issued to the client', async () => {
    const key = await begun((cart) => cart.add('tea'));
    const unit = await a.unit(key, async (u) => {
      u.set('locale', 'de');
      await u.regenerate();
      cartOf(u).add('milk');
    });
    expect(unit.identity.kind).toBe('issued');
    expect(unit.key).not.toBe(key);
    expect((await b.open(key)).isNew).toBe(true);
    const moved = await b.open(unit.key);
    expect(moved.read('locale')).toBe('de');
    expect((moved.read('cart') as Cart).lines.map(({ sku }) => sku)).toEqual(['tea', 'milk']);
  });

  it('is followed by units that had opened the old one', async () => {
    const key = await begun();
    const slow = await b.open(key);
    const unit = await a.unit(key, (u) => u.regenerate());
    cartOf(slow).add('tea');
    slow.update('visits', (n) => (n as number) + 1);
    await slow.finish();
    expect(slow.identity).toEqual({ kind: 'same' });
    const end = await a.open(unit.key);
    expect((end.read('cart') as Cart).lines).toHaveLength(1);
    expect(end.read('visits')).toBe(1);
  });

  it('comes once when two ask at once: one is issued, both go on under it', async () => {
    const key = await begun();
    const [first, second] = [await a.open(key), await b.open(key)];
    await Promise.all([first.regenerate(), second.regenerate()]);
    expect(first.key).toBe(second.key);
    expect([first.identity.kind, second.identity.kind].toSorted()).toEqual(['issued', 'same']);
  });

  it('does not outlive a logout on the old key', async () => {
    const key = await begun();
    const leaving = await b.open(key);
    const moved = await a.unit(key, (u) => u.regenerate());
    await leaving.end();
    expect((await a.open(moved.key)).isNew).toBe(true);
  });
});

describe('faults of the store', () => {
  it('a lost acknowledgement is cleared up by the same message again', async () => {
    const key = await begun(large);
    for (let i = 0; i < 20; i++) {
      log.failAppends(i % 2 === 0 ? 'ackLost' : 'lost', i % 3 === 0 ? 'busy' : 'none');
      const done = a.unit(key, (u) => u.update('visits', (n) => (n as number) + 1));
      await clock.advance(200);
      await done;
    }
    expect((await b.open(key)).read('visits')).toBe(20);
  });

  it('a commit swallowed by another node’s snapshot is still found', async () => {
    const key = await begun();
    const unit = await a.open(key);
    unit.update('visits', (n) => (n as number) + 1);
    log.failAppends('ackLost');
    const done = unit.finish();
    await b.unit(key, (u) => u.update('visits', (n) => (n as number) + 1));
    await clock.advance(200);
    await done;
    expect((await b.open(key)).read('visits')).toBe(2);
  });

  it('without any answer the outcome is unknown, and said so', async () => {
    const key = await begun();
    const unit = await a.open(key);
    unit.set('note', 'x');
    log.failAppends(...Array.from({ length: 500 }, () => 'lost' as const));
    const failure = unit.finish().catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await failure).toBeInstanceOf(CommitUnknownError);
  });

  it('a store that is down is unavailable within the deadline, and comes back', async () => {
    const key = await begun();
    const unit = await a.open(key);
    unit.set('note', 'x');
    log.setDown(true);
    const failures = [unit.finish(), a.open(key)].map((one) => one.catch((error: unknown) => error));
    await clock.advance(2_100);
    for (const failure of failures) expect(await failure).toBeInstanceOf(StoreUnavailableError);
    log.setDown(false);
    await a.unit(key, (u) => u.set('note', 'y'));
    expect((await b.open(key)).read('note')).toBe('y');
  });

  it('a session that would not fit is refused when the commit is made', async () => {
    const key = await begun();
    const unit = await a.open(key);
    unit.set('note', 'x'.repeat(1_100_000));
    await expect(unit.finish()).rejects.toThrow(SessionTooLargeError);
    expect((await b.open(key)).read('note')).toBe('');
  });
});

it('a real clock drives the same engine', async () => {
  const node = new MemoryNode(Shop, { clock: new NodeClock() });
  const unit = await node.unit(undefined, (u) => u.set('locale', 'fr'));
  expect((await node.open(unit.key)).read('locale')).toBe('fr');
});
