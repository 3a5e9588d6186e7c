import { beforeEach, describe, expect, it } from 'vitest';
import { CommitUnknownError, SessionSyncError, StoreUnavailableError } from '../core/errors/index.js';
import type { UnitOfWork } from './unit-of-work.js';
import { cartOf, large, TwoNodes } from './two-nodes.fixture.js';

let nodes: TwoNodes;
let clock: TwoNodes['clock'];
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ clock, a, b } = nodes);
});

const visit = (unit: UnitOfWork): void => unit.update('visits', (n) => (n as number) + 1);

describe('after a lost answer', () => {
  it('a session that cannot be read leaves the commit unknown, not refused', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    nodes.log.failAppends('ackLost');
    nodes.hooks.beforeRead = () => {
      throw new StoreUnavailableError('the simulated leader is gone', 1000);
    };
    const failure = unit.finish().catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await failure).toBeInstanceOf(CommitUnknownError);
    nodes.hooks.beforeRead = () => undefined;
    expect((await b.open(key)).read('visits')).toBe(1);
  });

  it('a commit found by looking is reported like any other', async () => {
    const key = await nodes.begun();
    a.commits.length = 0;
    nodes.log.failAppends('ackLost');
    const done = a.unit(key, visit);
    await clock.advance(200);
    await done;
    expect(a.commits).toMatchObject([{ kind: 'snapshot', units: 1, revision: (await b.open(key)).revision }]);
  });

  it('a store that calls itself full may have been filled by that very message', async () => {
    const key = await nodes.begun(large);
    const unit = await a.open(key);
    visit(unit);
    let asked = 0;
    nodes.hooks.insteadOfAppend = () => (asked++ === 1 ? { kind: 'full' } : undefined);
    nodes.log.failAppends('none');
    nodes.hooks.afterAppend = (outcome) => (asked === 1 ? { kind: 'ambiguous', what: 'lost' } : outcome);
    const done = unit.finish();
    await clock.advance(200);
    await done;
    expect((await b.open(key)).read('visits')).toBe(1);
  });
});

describe('a store that stays full', () => {
  it('is said, not asked for ever', async () => {
    const key = await nodes.begun(large);
    const unit = await a.open(key);
    cartOf(unit).add('one more');
    let asked = 0;
    nodes.hooks.insteadOfAppend = () => {
      asked++;
      return asked < 1_000 ? { kind: 'full' } : { kind: 'unavailable', what: 'asked too often' };
    };
    const failure = unit.finish().catch((error: unknown) => error);
    await clock.advance(5_000);
    expect(await failure).toBeInstanceOf(StoreUnavailableError);
    expect(asked).toBe(2);
  });
});

describe('units that share a message', () => {
  it('each hear of it when their own time is over', async () => {
    const key = await nodes.begun();
    const [first, second, third] = [await a.open(key), await a.open(key), await a.open(key)];
    const heard: [string, number, string][] = [];
    const commit = (name: string, unit: UnitOfWork): void => {
      visit(unit);
      const over = (what: string): void => void heard.push([name, clock.monotonicMs(), what]);
      unit.finish().then(
        () => over('stored'),
        (error: unknown) => over(error instanceof SessionSyncError ? error.code : String(error)),
      );
    };
    nodes.hooks.insteadOfAppend = () => ({ kind: 'unavailable', what: 'simulated' });
    commit('first', first);
    await clock.advance(500);
    commit('second', second);
    await clock.advance(1_490);
    commit('third', third);
    await clock.advance(6_000);
    const times = Object.fromEntries(heard.map(([name, at]) => [name, at]));
    expect(times['first']).toBeLessThan(2_100);
    expect(times['second']).toBeLessThan(2_600);
    expect(times['third']).toBeLessThan(4_100);
  });

  it('are told of it before whoever listens, who can do no harm', async () => {
    const key = await nodes.begun();
    Object.defineProperty(a.commits, 'push', {
      value: () => {
        throw new Error('a listener failed');
      },
    });
    await a.unit(key, visit);
    expect((await b.open(key)).read('visits')).toBe(1);
  });
});
