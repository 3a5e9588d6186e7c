import { beforeEach, describe, expect, it } from 'vitest';
import {
  CommitConflictError,
  CommitUnknownError,
  SessionTooLargeError,
  StoreUnavailableError,
} from '../core/errors/index.js';
import { cartOf, large, TwoNodes, type Cart } from './two-nodes.fixture.js';

let nodes: TwoNodes;
let clock: TwoNodes['clock'];
let log: TwoNodes['log'];
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ clock, log, a, b } = nodes);
});

describe('units at once', () => {
  it.each([
    ['small', undefined],
    ['large', large],
  ])('lose no increment and no line, from two nodes, on a %s session', async (_, fill) => {
    const key = await nodes.begun(fill);
    const before = ((await a.open(key)).read('cart') as Cart).lines.length;
    const rounds = Array.from({ length: 40 }, (_unused, i) => i);
    await Promise.all(
      rounds.map((i) =>
        (i % 2 === 0 ? a : b).unit(key, (u) => {
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
    const key = await nodes.begun((cart) => {
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
    const key = await nodes.begun((cart) => cart.add('tea'));
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
    const key = await nodes.begun();
    const [first, second] = [await a.open(key), await b.open(key)];
    first.set('theme', 'dark');
    second.set('theme', 'blue');
    await first.finish();
    await second.finish();
    expect((await a.open(key)).read('theme')).toBe('blue');
  });

  it('of one node go out combined, one message in flight', async () => {
    const key = await nodes.begun();
    a.commits.length = 0;
    await Promise.all(
      Array.from({ length: 30 }, () => a.unit(key, (u) => u.update('visits', (n) => (n as number) + 1))),
    );
    expect(a.commits.reduce((sum, { units }) => sum + units, 0)).toBe(30);
    expect(a.commits.length).toBeLessThan(4);
    expect((await b.open(key)).read('visits')).toBe(30);
  });
});

describe('units whose group keeps coming second', () => {
  it('go out in smaller ones, and each is stored once', async () => {
    const key = await nodes.begun(large);
    let lost = 0;
    // Node b is always a little quicker, until the group is small.
    nodes.hooks.insteadOfAppend = async () => {
      if (lost === 5) return undefined;
      lost++;
      const { insteadOfAppend } = nodes.hooks;
      nodes.hooks.insteadOfAppend = () => undefined;
      await b.unit(key, (u) => u.update('visits', (n) => (n as number) + 1));
      nodes.hooks.insteadOfAppend = insteadOfAppend;
      return undefined;
    };
    a.commits.length = 0;
    const done = Promise.all(
      Array.from({ length: 16 }, () => a.unit(key, (u) => u.update('visits', (n) => (n as number) + 1))),
    );
    for (let i = 0; i < 100; i++) await clock.advance(10);
    await done;
    expect(lost).toBe(5);
    expect(a.commits[0]?.units).toBeLessThan(4);
    expect(a.commits.reduce((sum, { units }) => sum + units, 0)).toBe(16);
    expect((await b.open(key)).read('visits')).toBe(16 + 5);
  });
});

describe('faults of the store', () => {
  it('a lost acknowledgement is cleared up by the same message again', async () => {
    const key = await nodes.begun(large);
    for (let i = 0; i < 20; i++) {
      log.failAppends(i % 2 === 0 ? 'ackLost' : 'lost', i % 3 === 0 ? 'busy' : 'none');
      const done = a.unit(key, (u) => u.update('visits', (n) => (n as number) + 1));
      await clock.advance(200);
      await done;
    }
    expect((await b.open(key)).read('visits')).toBe(20);
  });

  it('a commit swallowed by another node’s snapshot is still found', async () => {
    const key = await nodes.begun();
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
    const key = await nodes.begun();
    const unit = await a.open(key);
    unit.set('note', 'x');
    log.failAppends(...Array.from({ length: 500 }, () => 'lost' as const));
    const failure = unit.finish().catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await failure).toBeInstanceOf(CommitUnknownError);
  });

  it('a store that is down is unavailable within the deadline, and comes back', async () => {
    const key = await nodes.begun();
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
    const key = await nodes.begun();
    const unit = await a.open(key);
    unit.set('note', 'x'.repeat(1_100_000));
    await expect(unit.finish()).rejects.toThrow(SessionTooLargeError);
    expect((await b.open(key)).read('note')).toBe('');
  });
});
