import { beforeEach, describe, expect, it } from 'vitest';
import { SessionEndedError } from '../core/errors/index.js';
import { cartOf, TwoNodes, type Cart } from './two-nodes.fixture.js';

let nodes: TwoNodes;
let clock: TwoNodes['clock'];
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ clock, a, b } = nodes);
});

describe('the end of a session', () => {
  it('is final: a slow unit cannot bring it back', async () => {
    const key = await nodes.begun();
    const slow = await b.open(key);
    slow.set('note', 'too late');
    await a.unit(key, (u) => u.end());
    await expect(slow.finish()).rejects.toThrow(SessionEndedError);
    expect((await b.open(key)).isNew).toBe(true);
  });

  it('tells the client, and anonymous units end nothing', async () => {
    const ended = await a.unit(await nodes.begun(), (u) => u.end());
    expect(ended.identity).toEqual({ kind: 'ended' });
    const messages = a.commits.length;
    await a.unit(undefined, (u) => u.end());
    expect(a.commits).toHaveLength(messages);
  });

  it('comes by idle time, as an event, and for all', async () => {
    const key = await nodes.begun();
    await clock.advance(30 * 60_000 + 1);
    expect((await b.open(key)).isNew).toBe(true);
    expect(b.commits).toMatchObject([{ kind: 'end' }]);
    expect((await a.open(key)).isNew).toBe(true);
    expect(a.commits.filter(({ kind }) => kind === 'end')).toEqual([]);
  });

  it('is put off by use, with one empty message in a tenth of the idle time', async () => {
    const key = await nodes.begun();
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
    const key = await nodes.begun();
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
    const key = await nodes.begun((cart) => cart.add('tea'));
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
    const key = await nodes.begun();
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
    const key = await nodes.begun();
    const [first, second] = [await a.open(key), await b.open(key)];
    await Promise.all([first.regenerate(), second.regenerate()]);
    expect(first.key).toBe(second.key);
    expect([first.identity.kind, second.identity.kind].toSorted()).toEqual(['issued', 'same']);
  });

  it('does not outlive a logout on the old key', async () => {
    const key = await nodes.begun();
    const leaving = await b.open(key);
    const moved = await a.unit(key, (u) => u.regenerate());
    await leaving.end();
    expect((await a.open(moved.key)).isNew).toBe(true);
  });
});
