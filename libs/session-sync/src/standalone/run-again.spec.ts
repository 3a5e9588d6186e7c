import { describe, expect, it } from 'vitest';
import { CommitConflictError } from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { sessionWith } from '../engine/options.fixture.js';
import { MemorySessionLog } from '../memory/index.js';
import type { Clock } from '../ports/index.js';
import { MemoryNode, type MemoryNodeOptions } from '../testing/memory-node.js';
import type { SessionState } from '../unit-context/index.js';
import { NodeClock } from './platform/node-clock.js';
import { SessionSync } from './session-sync.js';

type State = SessionState<{ x: number; other: number }>;

function syncOn(node: MemoryNode): SessionSync {
  const composition = { engine: node.engine, store: { isAvailable: true }, close: () => Promise.resolve() };
  return new SessionSync(composition as unknown as ConstructorParameters<typeof SessionSync>[0]);
}

const add = (session: State): void => session.update('x', (n) => n + 1);

interface TwoSyncs {
  readonly a: SessionSync;
  readonly b: SessionSync;
}

function twoSyncs(options: object = { merge: 'retry' }, clock: Clock = new NodeClock(), settings = {}): TwoSyncs {
  const session = sessionWith(options, 0, Number);
  const nodeOptions: MemoryNodeOptions = { log: new MemorySessionLog({ clock }), clock, settings };
  return { a: syncOn(new MemoryNode(session, nodeOptions)), b: syncOn(new MemoryNode(session, nodeOptions)) };
}

/** Time that passes by sleeping, and as the test says. */
class OwnClock implements Clock {
  nowMs = 0;

  monotonicMs(): number {
    return this.nowMs;
  }

  sleep(durationMs: number): Promise<void> {
    this.nowMs += durationMs;
    return Promise.resolve();
  }
}

describe("merge: 'retry' in sync.run()", () => {
  it('loses no increment of many parallel ones on two nodes', async () => {
    const { a, b } = twoSyncs();
    const { key } = await a.create();
    await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? a : b).run(key, add)));
    expect(await b.run(key, (session: State) => session.read('x'))).toBe(60);
    expect(a.stats().conflicts + b.stats().conflicts).toBeGreaterThan(0);
  });

  it('does the work again on what the other one left, and answers what that gave', async () => {
    const { a, b } = twoSyncs();
    const { key } = await a.create();
    const seen: number[] = [];
    const result = await a.run(key, async (session: State) => {
      seen.push(session.read('x'));
      session.set('x', session.read('x') + 1);
      if (seen.length === 1) await b.run(key, (other: State) => other.set('x', 10));
      return session.read('x');
    });
    expect(seen).toEqual([0, 10]);
    expect(result).toBe(11);
  });

  it('is not done under another policy', async () => {
    const { a, b } = twoSyncs({});
    const { key } = await a.create();
    let runs = 0;
    const running = a.run(key, async (session: State) => {
      runs++;
      session.set('x', 1);
      await b.run(key, (other: State) => other.set('x', 10));
    });
    await expect(running).rejects.toBeInstanceOf(CommitConflictError);
    expect(runs).toBe(1);
  });

  it('is not done once something of the work is stored: that would be stored twice', async () => {
    const { a, b } = twoSyncs();
    const { key } = await a.create();
    let runs = 0;
    const running = a.run(key, async (session: State) => {
      runs++;
      session.set('other', session.read('other') + 1);
      await session.commit();
      session.set('x', 1);
      await b.run(key, (other: State) => other.set('x', 10));
    });
    await expect(running).rejects.toBeInstanceOf(CommitConflictError);
    expect(runs).toBe(1);
    expect(await b.run(key, (session: State) => session.read('other'))).toBe(1);
  });

  it('gives up with the conflict when the store deadline has passed since the first one', async () => {
    const clock = new OwnClock();
    const { a, b } = twoSyncs({ merge: 'retry' }, clock, { storeDeadlineMs: 500 });
    const { key } = await a.create();
    let runs = 0;
    const running = a.run(key, async (session: State) => {
      runs++;
      session.set('x', -runs);
      await bump(b, key);
      clock.nowMs += 200;
    });
    await expect(running).rejects.toMatchObject({ code: 'COMMIT_CONFLICT', retryable: true, attribute: 'x' });
    // The first conflict begins the time; three more runs begin within it.
    expect(runs).toBe(4);
  });

  it('does not wait for itself when work runs other work on the same session', async () => {
    const { a, b } = twoSyncs();
    const { key } = await a.create();
    let [outer, inner] = [0, 0];
    const overtakenOnce = async (runs: number): Promise<void> => {
      if (runs === 1) await bump(b, key);
    };
    await a.run(key, async (session: State) => {
      session.set('x', session.read('x') + 1);
      await overtakenOnce(++outer);
      if (outer !== 2) return;
      await a.run(key, async (nested: State) => {
        nested.set('x', nested.read('x') + 10);
        await overtakenOnce(++inner);
      });
    });
    // The outer one was overtaken by another node, and then by what it ran itself.
    expect([outer, inner]).toEqual([3, 2]);
    expect(await a.run(key, (session: State) => session.read('x'))).toBe(211);
  });

  it('is not done for a conflict of other work that it ran: what was stored in between would be stored twice', async () => {
    const { a, b } = twoSyncs({ merge: 'retry' }, new NodeClock(), { storeDeadlineMs: 100 });
    const [outer, between, inner] = [await a.create(), await a.create(), await a.create()];
    let runs = 0;
    const running = a.run(outer.key, async () => {
      runs++;
      await a.run(between.key, add);
      await a.run(inner.key, async (session: State) => {
        add(session);
        await b.run(inner.key, add);
      });
    });
    await expect(running).rejects.toBeInstanceOf(CommitConflictError);
    expect(runs).toBe(1);
    expect(await b.run(between.key, (session: State) => session.read('x'))).toBe(1);
  });

  it('is done for a conflict of a commit() in the work', async () => {
    const { a, b } = twoSyncs();
    const { key } = await a.create();
    let runs = 0;
    await a.run(key, async (session: State) => {
      session.set('x', session.read('x') + 1);
      if (++runs === 1) await bump(b, key);
      await session.commit();
    });
    expect([runs, await b.run(key, (session: State) => session.read('x'))]).toEqual([2, 101]);
  });

  it('leaves errors of the work alone', async () => {
    const { a } = twoSyncs();
    const { key } = await a.create();
    const running = a.run(key, () => {
      throw new RangeError('mine');
    });
    await expect(running).rejects.toBeInstanceOf(RangeError);
  });
});

const bump = (sync: SessionSync, key: SessionKey): Promise<void> =>
  sync.run(key, (session: State) => session.set('x', session.read('x') + 100));
