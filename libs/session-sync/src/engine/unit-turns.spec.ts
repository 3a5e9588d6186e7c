import { beforeEach, describe, expect, it } from 'vitest';
import { CommitUnknownError, SessionEndedError, UnitEndedError } from '../core/errors/index.js';
import type { UnitOfWork } from './unit-of-work.js';
import { cartOf, TwoNodes, type Cart } from './two-nodes.fixture.js';

let nodes: TwoNodes;
let a: TwoNodes['a'];
let b: TwoNodes['b'];

beforeEach(() => {
  nodes = new TwoNodes();
  ({ a, b } = nodes);
});

const visit = (unit: UnitOfWork): void => unit.update('visits', (n) => (n as number) + 1);
const unknown = async (outcome: Promise<unknown>): Promise<void> => {
  const failure = outcome.catch((error: unknown) => error);
  await nodes.clock.advance(5_000);
  expect(await failure).toBeInstanceOf(CommitUnknownError);
};

describe('what one unit sends at once', () => {
  it('is stored once, whether or not an early commit was waited for', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    cartOf(unit).add('tea');
    await Promise.all([unit.commit(), unit.commit(), unit.finish(), unit.finish()]);
    const end = await b.open(key);
    expect(end.read('visits')).toBe(1);
    expect((end.read('cart') as Cart).lines).toHaveLength(1);
  });

  it('is stored once when two moves are asked for', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    await Promise.all([unit.regenerate(), unit.regenerate()]);
    await unit.finish();
    expect(unit.identity.kind).toBe('issued');
    expect((await b.open(unit.key)).read('visits')).toBe(1);
  });

  it('is refused from when the last commit has begun, not lost', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    const finished = unit.finish();
    expect(() => unit.set('note', 'too late')).toThrow(UnitEndedError);
    await expect(unit.commit()).rejects.toThrow(UnitEndedError);
    expect(unit.read('visits')).toBe(1);
    await finished;
    expect((await b.open(key)).read('visits')).toBe(1);
  });
});

describe('a commit whose outcome is unknown', () => {
  it('is not sent a second time by the end of its unit', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    const speak = nodes.silence();
    await unknown(unit.commit());
    speak();
    await expect(unit.finish()).rejects.toThrow(CommitUnknownError);
    expect((await b.open(key)).read('visits')).toBe(1);
  });

  it('is left behind by a reload', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    const speak = nodes.silence();
    await unknown(unit.commit());
    speak();
    await unit.reload();
    expect(unit.read('visits')).toBe(1);
    visit(unit);
    await unit.finish();
    expect((await b.open(key)).read('visits')).toBe(2);
  });
});

describe('a session that ends under a unit', () => {
  it('is said by reload, which gives up nothing then', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    await b.unit(key, (u) => u.end());
    await expect(unit.reload()).rejects.toThrow(SessionEndedError);
    await expect(unit.finish()).rejects.toThrow(SessionEndedError);
  });

  it('shows no defaults after a call, and its commit follows a move', async () => {
    const key = await nodes.begun();
    const unit = await a.open(key);
    visit(unit);
    const moved = await b.unit(key, (u) => u.regenerate());
    await unit.catchUp();
    expect(unit.read('userId')).toBe('ada');
    await unit.finish();
    expect((await b.open(moved.key)).read('visits')).toBe(1);
  });
});
