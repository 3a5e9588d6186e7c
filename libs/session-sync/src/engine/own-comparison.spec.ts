import { describe, expect, it } from 'vitest';
import { AttributeCompareError, InvalidOptionsError } from '../core/errors/index.js';
import { failureOf, nodesWith, sessionWith } from './options.fixture.js';
import { describeSession } from '../core/access/index.js';

class Money {
  constructor(
    public cents = 0,
    public shownAs = '',
  ) {}

  equals(other: Money): boolean {
    return this.cents === other.cents;
  }
}

/** Commits one change of `x`, and answers what was told of it. */
async function differenceOf(options: object, initial: unknown, change: (x: unknown) => unknown): Promise<string[]> {
  const { a } = nodesWith({ mutable: true, ...options }, initial);
  const { key } = await a.unit(undefined, (unit) => unit.set('other', 1));
  a.commits.length = 0;
  await a.unit(key, (unit) => unit.update('x', change));
  return a.commits.map(({ difference }) => difference);
}

describe("compare: 'binary'", () => {
  it.each<[string, unknown, (x: never) => unknown, number]>([
    ['one bit of bytes', new Uint8Array([1, 2, 3]), (x: Uint8Array) => void (x[1] = 3), 1],
    ['one bit of a number', { n: 1 }, (x: { n: number }) => void (x.n = 1 + Number.EPSILON), 1],
    ['minus zero', { n: 0 }, (x: { n: number }) => void (x.n = -0), 1],
    ['sharing', [{ a: 1 }, { a: 1 }], (x: unknown[]) => void (x[1] = x[0]), 1],
    ['nothing', { a: [1] }, () => undefined, 0],
    ['another order of keys', { a: 1, b: { c: 2, d: 3 } }, () => ({ b: { d: 3, c: 2 }, a: 1 }), 0],
    [
      'another order of a Map',
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      () =>
        new Map([
          ['b', 2],
          ['a', 1],
        ]),
      1,
    ],
  ])('%s', async (_what, initial, change, messages) => {
    expect(await differenceOf({ compare: 'binary' }, initial, change as (x: unknown) => unknown)).toHaveLength(
      messages,
    );
  });

  it('sends the difference, not the whole value, and goes on from what it committed', async () => {
    const initial = Array.from({ length: 500 }, (_, i) => ({ id: i, text: 'x'.repeat(20) }));
    const { a, b } = nodesWith({ mutable: true, compare: 'binary' }, initial);
    const { key } = await a.unit(undefined, (unit) => void (unit.mutate('x') as unknown[]).push({ id: 500 }));
    const unit = await a.open(key);
    const rows = unit.mutate('x') as { text: string }[];
    rows[3]!.text = 'y';
    await unit.commit();
    rows[4]!.text = 'z';
    await unit.finish();
    expect(a.commits.slice(1).map(({ difference }) => difference)).toEqual([
      '~x [["set",[3,"text"],"y"]]',
      '~x [["set",[4,"text"],"z"]]',
    ]);
    expect((await b.open(key)).read('x')).toEqual(rows);
  });
});

describe("compare: 'equals'", () => {
  const options = { compare: 'equals', type: () => Money };

  it('takes for unchanged what the value itself calls equal', async () => {
    expect(await differenceOf(options, new Money(5), (x) => void ((x as Money).shownAs = '5 c'))).toEqual([]);
  });

  it('sends the difference of what it calls unequal', async () => {
    const change = (x: unknown): void => void Object.assign(x as Money, { cents: 6, shownAs: '6 c' });
    expect(await differenceOf(options, new Money(5), change)).toHaveLength(1);
  });

  it.each([
    ['to null', new Money(5), null],
    ['from null', null, new Money(5)],
  ])('counts a change %s', async (_what, initial, after) => {
    expect(await differenceOf(options, initial, () => after)).toHaveLength(1);
  });

  it.each<[string, object, unknown, unknown]>([
    ['a class without it', { type: () => Date }, undefined, Object],
    ['a default without it', {}, { cents: 1 }, Object],
    ['a declared type without it', {}, undefined, String],
  ])('is refused at start for %s', (_what, more, initial, designType) => {
    expect(() => describeSession(sessionWith({ compare: 'equals', ...more }, initial, designType))).toThrow(
      /@SessionAttr\(\) x: compare 'equals' needs a value with a method equals/,
    );
  });

  it('fails the unit where the value turns out to have none', async () => {
    const { a } = nodesWith({ compare: 'equals' }, undefined);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', { cents: 1 }));
    const failure = await failureOf(a.unit(key, (unit) => unit.set('x', { cents: 2 })));
    expect(failure).toBeInstanceOf(AttributeCompareError);
    expect(failure).toMatchObject({ attribute: 'x', cause: { message: /no method equals/ } });
  });
});

describe('compare by a function', () => {
  interface Seen {
    n: number;
    at: number;
  }
  const byN = (before: Seen, after: Seen): boolean => before.n === after.n;

  it('keeps back what it calls equal, and sends the whole difference of what it does not', async () => {
    const initial = { n: 1, at: 1 };
    expect(await differenceOf({ compare: byN }, initial, (x) => void ((x as Seen).at = 2))).toEqual([]);
    expect(
      await differenceOf({ compare: byN }, initial, (x) => void Object.assign(x as Seen, { n: 2, at: 2 })),
    ).toEqual(['=x {"n":2,"at":2}']);
  });

  it('is not asked where the graphs are the same: there is nothing to send', async () => {
    let asked = 0;
    expect(await differenceOf({ compare: () => (asked++, false) }, { n: 1 }, () => ({ n: 1 }))).toEqual([]);
    expect(asked).toBe(0);
  });

  it('gets both sides frozen, and bytes as copies', async () => {
    const bytes = new Uint8Array([1]);
    const compare = (before: { n: number; bytes: Uint8Array }, after: { n: number; bytes: Uint8Array }): boolean => {
      for (const side of [before, after]) {
        expect(Object.isFrozen(side)).toBe(true);
        side.bytes[0] = 99;
      }
      return false;
    };
    const { a, b } = nodesWith({ mutable: true, compare }, { n: 1, bytes });
    const { key } = await a.unit(undefined, (unit) => void ((unit.mutate('x') as { n: number }).n = 2));
    await a.unit(key, (unit) => void ((unit.mutate('x') as { n: number }).n = 3));
    expect((await a.open(key)).read('x')).toEqual({ n: 3, bytes });
    expect((await b.open(key)).read('x')).toEqual({ n: 3, bytes });
  });

  it.each<[string, (...args: never[]) => unknown, object]>([
    [
      'throws',
      () => {
        throw new RangeError('mine');
      },
      { cause: { message: 'mine' } },
    ],
    ['answers by a promise', () => Promise.resolve(true), { reason: 'it must answer true (equal) or false, at once' }],
    ['answers nothing', () => undefined, { reason: 'it must answer true (equal) or false, at once' }],
  ])('fails only its unit when it %s', async (_what, compare, expected) => {
    const { a } = nodesWith({ compare }, 0);
    const { key } = await a.unit(undefined, (unit) => unit.set('other', 1));
    const failure = await failureOf(a.unit(key, (unit) => (unit.set('x', 1), unit.set('other', 2))));
    expect(failure).toBeInstanceOf(AttributeCompareError);
    expect(failure).toMatchObject({ code: 'ATTRIBUTE_COMPARE', attribute: 'x', ...expected });
    await a.unit(key, (unit) => {
      expect([unit.read('x'), unit.read('other')]).toEqual([0, 1]);
      unit.set('other', 3);
    });
    expect(a.commits.at(-1)?.difference).toContain('other');
  });

  it('is refused at start when it is async', () => {
    expect(() => describeSession(sessionWith({ compare: async () => true }))).toThrow(InvalidOptionsError);
  });

  it('does not decide about deleting: that always counts', async () => {
    const { a } = nodesWith({ compare: () => true }, 0);
    const { key } = await a.unit(undefined, (unit) => unit.set('other', 1));
    await a.unit(key, (unit) => unit.set('x', 5));
    expect(a.commits).toHaveLength(1);
    await a.unit(key, (unit) => unit.delete('x'));
    expect(a.commits).toHaveLength(1);
  });
});
