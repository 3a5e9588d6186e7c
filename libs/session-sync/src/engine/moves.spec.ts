import { beforeEach, describe, expect, it } from 'vitest';
import { CommitUnknownError, SessionEndedError } from '../core/errors/index.js';
import { MemoryNode } from '../testing/memory-node.js';
import { Shop, TwoNodes } from './two-nodes.fixture.js';

let nodes: TwoNodes;
let clock: TwoNodes['clock'];
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ clock, a, b } = nodes);
});

describe('a move', () => {
  it('is followed twice in a row', async () => {
    const key = await nodes.begun();
    const slow = await b.open(key);
    slow.set('note', 'kept');
    const once = await a.unit(key, (u) => u.regenerate());
    const twice = await a.unit(once.key, (u) => u.regenerate());
    await slow.finish();
    expect(slow.key).toBe(twice.key);
    expect((await a.open(twice.key)).read('note')).toBe('kept');
  });

  it('that the store breaks off half way is finished later, and its id is not lost', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    unit.update('visits', (n) => (n as number) + 1);
    nodes.log.failAppends('none', ...Array.from({ length: 200 }, () => 'unavailable' as const));
    const failure = unit.regenerate().catch((error: unknown) => error);
    await clock.advance(2_100);
    expect(await failure).toBeInstanceOf(CommitUnknownError);
    expect(unit.identity.kind).toBe('issued');
    // Done again it would be done twice.
    await expect(unit.finish()).rejects.toThrow(CommitUnknownError);
    await clock.advance(20_000);
    const id = unit.identity.kind === 'issued' ? unit.identity.id : undefined;
    const end = await b.open(id && a.engine.keyOf(id));
    expect([end.read('userId'), end.read('visits')]).toEqual(['ada', 1]);
  });

  describe('left unfinished', () => {
    let isIdle: boolean;

    beforeEach(async () => {
      isIdle = false;
      const unit = await a.open(await nodes.begun());
      nodes.log.failAppends('none', ...Array.from({ length: 10_000 }, () => 'unavailable' as const));
      const failure = unit.regenerate().catch((error: unknown) => error);
      await clock.advance(2_100);
      await failure;
      void a.engine.idle().then(() => (isIdle = true));
    });

    it('is under way until it is finished or given up', async () => {
      await clock.advance(5_000);
      expect(isIdle).toBe(false);
      await clock.advance(60_000);
      expect(isIdle).toBe(true);
    });

    it('ends with its engine', async () => {
      a.engine.close();
      await clock.advance(5_000);
      expect(isIdle).toBe(true);
    });
  });

  it('is stored, and says so, also when the session has ended under its new key by then', async () => {
    const key = await nodes.begun();
    const [slow, leaving] = [await b.open(key), await b.open(key)];
    slow.set('note', 'it follows, and begins the new key');
    const unit = await a.open(key);
    unit.set('locale', 'de');
    const next = nodes.hooks.appended.length + 1;
    nodes.hooks.insteadOfAppend = async () => {
      if (nodes.hooks.appended.length <= next) return undefined;
      nodes.hooks.insteadOfAppend = () => undefined;
      await slow.finish();
      await leaving.end();
      return undefined;
    };
    await unit.regenerate();
    expect(unit.identity.kind).toBe('same');
    unit.set('locale', 'fr');
    await expect(unit.finish()).rejects.toThrow(SessionEndedError);
    expect((await b.open(slow.key)).isNew).toBe(true);
  });

  it('does not bring back a session that ended under its new key, however short sessions live', async () => {
    const settings = { idleMs: 5_000 };
    const [first, second] = ['a', 'b'].map(() => new MemoryNode(Shop, { log: nodes.log, clock, settings }));
    if (first === undefined || second === undefined) throw new Error('two were made');
    const { key } = await first.unit(undefined, (u) => u.set('userId', 'ada'));
    const slow = await second.open(key);
    const moved = await first.unit(key, (u) => u.regenerate());
    await first.unit(moved.key, (u) => u.end());
    // It knows that the session has moved, but not what became of it then.
    expect((await second.open(key)).isNew).toBe(true);
    await clock.advance(20_000);
    slow.set('note', 'too late');
    await expect(slow.finish()).rejects.toThrow(SessionEndedError);
    expect((await first.open(moved.key)).isNew).toBe(true);
  });

  it('is no way into the session for whoever comes with its old key later', async () => {
    const key = await nodes.begun();
    await a.unit(key, (u) => u.regenerate());
    const late = await b.engine.open({ key, whenAbsent: 'sameKey' });
    late.set('note', 'planted');
    await expect(late.finish()).rejects.toThrow(SessionEndedError);
    expect(a.commits.filter(({ kind }) => kind === 'end')).toHaveLength(1);
    expect(b.commits).toEqual([]);
  });

  it('is not begun anew by a message on its way for longer than ends of short sessions would stand', async () => {
    const settings = { idleMs: 1_000 };
    const [first, second] = [0, 1].map(() => new MemoryNode(Shop, { log: nodes.log, clock, settings }));
    if (first === undefined || second === undefined) throw new Error('two were made');
    const { key } = await first.unit(undefined, (u) => u.set('userId', 'ada'));
    const slow = await second.open(key);
    const moved = await first.unit(key, (u) => u.regenerate());
    await first.unit(moved.key, (u) => u.end());
    await clock.advance(900);
    slow.set('note', 'too late');
    nodes.hooks.insteadOfAppend = () => (clock.monotonicMs() < 2_800 ? { kind: 'busy' } : undefined);
    const failure = slow.finish().catch((error: unknown) => error);
    await clock.advance(3_000);
    expect(await failure).toBeInstanceOf(SessionEndedError);
    expect((await first.open(moved.key)).isNew).toBe(true);
  });
});
