import { beforeEach, describe, expect, it } from 'vitest';
import {
  ImmutableAttributeError,
  UnitEndedError,
  UnknownAttributeError,
  UnsupportedValueError,
} from '../core/errors/index.js';
import { Cart, Line, cartOf, large, TwoNodes } from './two-nodes.fixture.js';

let nodes: TwoNodes;
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ a, b } = nodes);
});

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
    expect(a.commits[0]?.fullSaveBytes).toBe(a.commits[0]?.sentBytes);
    const other = await b.open(unit.key);
    expect(other.read('userId')).toBe('ada');
    expect(other.isNew).toBe(false);
  });

  it('sends no message when what was handed out for change did not change', async () => {
    const key = await nodes.begun((cart) => cart.add('tea'));
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
    const key = await nodes.begun(large);
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
    expect(commit?.sentBytes).toBeLessThan(320);
    const cart = (await b.open(key)).read('cart') as Cart;
    expect(cart).toBeInstanceOf(Cart);
    expect(cart.lines[100]).toBeInstanceOf(Line);
    expect(cart.lines[100]?.qty).toBe(5);
  });

  it('hands out frozen values to readers and never lets a working copy touch the benchmark', async () => {
    const key = await nodes.begun((cart) => cart.add('tea'));
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
    const key = await nodes.begun();
    let kept: Cart | undefined;
    await a.unit(key, (u) => {
      kept = cartOf(u);
      kept.add('tea');
    });
    kept?.add('milk');
    expect(((await a.open(key)).read('cart') as Cart).lines).toHaveLength(1);
  });

  it('keeps dates, maps and their order', async () => {
    const key = await nodes.begun();
    const day = new Date('2026-01-02T03:04:05.006Z');
    await a.unit(key, (u) => void (u.mutate('tags') as Map<string, Date>).set('b', day).set('a', day));
    const tags = (await b.open(key)).read('tags') as Map<string, Date>;
    expect([...tags.keys()]).toEqual(['b', 'a']);
    expect(tags.get('a')?.getTime()).toBe(day.getTime());
    expect(() => tags.set('c', day)).toThrow(ImmutableAttributeError);
  });

  it('refuses what it cannot store, naming the path', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    Object.assign(cartOf(unit), { onClick: () => undefined });
    const failure = await unit.finish().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UnsupportedValueError);
    expect(failure).toMatchObject({ path: 'cart.onClick' });
  });

  it('refuses unknown attributes, writes to immutable ones and access after its end', async () => {
    const unit = await a.open(await nodes.begun());
    expect(() => unit.read('nope')).toThrow(UnknownAttributeError);
    expect(() => unit.mutate('locale')).toThrow(ImmutableAttributeError);
    await unit.finish();
    expect(() => unit.read('locale')).toThrow(UnitEndedError);
  });

  it('takes an attribute back to its default', async () => {
    const key = await nodes.begun((cart) => cart.add('tea'));
    await a.unit(key, (u) => u.delete('cart'));
    expect(a.commits.at(-1)?.difference).toBe('-cart');
    expect(((await b.open(key)).read('cart') as Cart).lines).toEqual([]);
  });

  it('commits early, goes on, and compares with what it committed', async () => {
    const key = await nodes.begun(large);
    const unit = await a.open(key);
    cartOf(unit).add('one');
    await unit.commit();
    cartOf(unit).add('two');
    await unit.finish();
    expect(((await b.open(key)).read('cart') as Cart).lines.slice(-2).map(({ sku }) => sku)).toEqual(['one', 'two']);
    expect(a.commits.slice(-2).map(({ kind }) => kind)).toEqual(['delta', 'delta']);
  });

  it('gives up its changes on reload', async () => {
    const key = await nodes.begun();
    await a.unit(key, async (u) => {
      cartOf(u).add('tea');
      await u.reload();
      expect((u.read('cart') as Cart).lines).toEqual([]);
    });
    expect(a.commits).toHaveLength(1);
  });
});
