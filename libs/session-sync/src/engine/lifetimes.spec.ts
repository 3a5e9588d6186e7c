import { beforeEach, describe, expect, it } from 'vitest';
import { SessionEndedError } from '../core/errors/index.js';
import { MemorySessionLog } from '../memory/index.js';
import { MemoryNode } from '../testing/memory-node.js';
import { cartOf, large, Shop, TwoNodes, type Cart } from './two-nodes.fixture.js';

const MINUTE = 60_000;
let nodes: TwoNodes;
let clock: TwoNodes['clock'];
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ clock, a, b } = nodes);
});

/** A node that has seen nothing yet. */
const fresh = (): MemoryNode => new MemoryNode(Shop, { log: nodes.log, clock });

async function usedEvery(minutes: number, until: number, key: Awaited<ReturnType<TwoNodes['begun']>>): Promise<void> {
  for (let minute = 0; minute < until; minute += minutes) {
    await clock.advance(minutes * MINUTE);
    await a.unit(key, (u) => void u.read('locale'));
    await a.engine.idle();
  }
}

describe('a session that is only read', () => {
  it('stays readable for every node for as long as it is used', async () => {
    const key = await nodes.begun(large);
    await usedEvery(5, 200, key);
    expect(((await fresh().open(key)).read('cart') as Cart).lines).toHaveLength(200);
  });

  it('never fills its subject with touches', async () => {
    const settings = { idleMs: MINUTE, absoluteMs: 2_000 * MINUTE };
    const log = new MemorySessionLog({ clock, maxMessages: 1_024 });
    const node = new MemoryNode(Shop, { log, clock, settings });
    const unit = await node.unit(undefined, (u) => large(cartOf(u)));
    const kinds: string[] = [];
    for (let i = 0; i < 40; i++) {
      await clock.advance(10_000);
      await node.unit(unit.key, (u) => void u.read('locale'));
      await node.engine.idle();
      kinds.push(node.commits.at(-1)?.kind ?? '');
    }
    expect(kinds.filter((kind) => kind === 'snapshot').length).toBeGreaterThan(5);
    expect(kinds.filter((kind) => kind === 'delta').length).toBeGreaterThan(20);
  });

  it('survives a longer idle time that a newer version of the application brings', async () => {
    const short = new MemoryNode(Shop, { log: nodes.log, clock, settings: { idleMs: 5 * MINUTE } });
    const unit = await short.unit(undefined, (u) => large(cartOf(u)));
    await clock.advance(2 * MINUTE);
    await a.unit(unit.key, (u) => cartOf(u).add('one'));
    await clock.advance(9 * MINUTE);
    expect(((await fresh().open(unit.key)).read('cart') as Cart).lines).toHaveLength(201);
  });
});

describe('an expired session', () => {
  it('is absent also while only part of its messages is left', async () => {
    const key = await nodes.begun(large);
    await clock.advance(14 * MINUTE);
    await a.unit(key, (u) => cartOf(u).add('last'));
    expect(a.commits.at(-1)?.kind).toBe('delta');
    await clock.advance(50 * MINUTE);
    const late = fresh();
    const opening = late.open(key);
    await clock.advance(1_000);
    expect((await opening).isNew).toBe(true);
    expect(late.commits).toMatchObject([{ kind: 'end' }]);
  });

  it('is not ended by whoever found it so when it was used in between', async () => {
    const key = await nodes.begun();
    const slow = await a.open(key);
    await clock.advance(30 * MINUTE + 1);
    slow.set('note', 'just in time');
    nodes.hooks.beforeEnd(() => slow.finish());
    const opened = await b.open(key);
    expect(opened.read('note')).toBe('just in time');
    expect((await fresh().open(key)).read('note')).toBe('just in time');
  });

  it('is not followed to its new key by an expiry', async () => {
    const key = await nodes.begun();
    const slow = await a.open(key);
    await clock.advance(30 * MINUTE + 1);
    nodes.hooks.beforeEnd(() => slow.regenerate());
    expect((await b.open(key)).isNew).toBe(true);
    expect((await b.open(slow.key)).read('userId')).toBe('ada');
  });

  it('is not taken for a later session under its key', async () => {
    const key = await nodes.begun();
    const slow = await a.open(key);
    slow.set('note', 'of the former one');
    await clock.advance(61 * MINUTE);
    const again = await b.engine.open({ key, whenAbsent: 'sameKey' });
    again.set('locale', 'de');
    await again.finish();
    await expect(slow.finish()).rejects.toThrow(SessionEndedError);
    expect((await b.open(key)).read('note')).toBe('');
  });

  it('is not found so too early by the node whose message was on its way for long', async () => {
    const settings = { idleMs: 2_000 };
    const node = new MemoryNode(Shop, { log: nodes.log, clock, settings });
    const { key } = await node.unit(undefined, (u) => u.set('note', 'x'));
    const unit = await node.open(key);
    unit.set('note', 'y');
    const late = clock.monotonicMs() + 1_500;
    nodes.hooks.insteadOfAppend = () => (clock.monotonicMs() < late ? { kind: 'busy' } : undefined);
    const done = unit.finish();
    await clock.advance(1_600);
    await done;
    await clock.advance(1_000);
    expect((await node.open(key)).read('note')).toBe('y');
  });
});
