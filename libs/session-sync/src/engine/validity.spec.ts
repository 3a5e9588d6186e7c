import { describe, expect, it } from 'vitest';
import { InvalidAttributeError, InvalidOptionsError } from '../core/errors/index.js';
import { failureOf, nodesWith } from './options.fixture.js';

const atMost10 = (n: number): string | undefined => (n > 10 ? 'at most 10' : undefined);
const plus = (n: number) => (value: unknown) => (value as number) + n;

describe('validate', () => {
  it('refuses at commit, before anything is sent, and leaves the session as it was', async () => {
    const { a, b, log } = nodesWith({ validate: atMost10 }, 0);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', 10));
    const sent = log.appended.length;
    const failure = await failureOf(a.unit(key, (unit) => (unit.set('x', 11), unit.set('other', 1))));
    expect(failure).toBeInstanceOf(InvalidAttributeError);
    expect(failure).toMatchObject({
      code: 'INVALID_ATTRIBUTE',
      attribute: 'x',
      problems: [{ path: 'x', message: 'at most 10' }],
      message: `Attribute "x" isn't valid; nothing was stored. x: at most 10`,
    });
    expect(log.appended).toHaveLength(sent);
    const unit = await b.open(key);
    expect([unit.read('x'), unit.read('other')]).toEqual([10, 0]);
  });

  it('judges modified attributes only: neither what is read, nor the default, nor what an early commit stored', async () => {
    const judged: unknown[] = [];
    const { a } = nodesWith({ mutable: true, validate: (x: unknown) => void judged.push(x) }, ['invalid default']);
    const { key } = await a.unit(undefined, (unit) => unit.set('other', 1));
    await a.unit(key, (unit) => void unit.mutate('x'));
    await a.unit(key, async (unit) => {
      unit.set('x', ['a']);
      await unit.commit();
    });
    await a.unit(key, (unit) => unit.delete('x'));
    expect(judged).toEqual([['a']]);
  });

  it('lets the unit correct itself and commit again', async () => {
    const { a } = nodesWith({ validate: atMost10 }, 0);
    const unit = await a.open(undefined);
    unit.set('x', 11);
    expect(await failureOf(unit.commit())).toBeInstanceOf(InvalidAttributeError);
    unit.set('x', 9);
    await unit.finish();
    expect(a.commits).toMatchObject([{ difference: '=x 9' }]);
  });

  it('judges merged values again, and refuses that unit alone', async () => {
    const merge = (base: number, ours: number, theirs: number): number => theirs + ours - base;
    const { a, b, log } = nodesWith({ validate: atMost10, merge }, 0);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', 4));
    const [mine, other, theirs] = [await a.open(key), await a.open(key), await b.open(key)];
    theirs.update('x', plus(3));
    await theirs.finish();
    mine.update('x', plus(5));
    other.update('x', plus(2));
    const sent = log.appended.length;
    const [failure, fine] = await Promise.all([failureOf(mine.finish()), failureOf(other.finish())]);
    expect(failure).toBeInstanceOf(InvalidAttributeError);
    expect(fine).toBeUndefined();
    expect(log.appended.length).toBeGreaterThan(sent);
    expect((await b.open(key)).read('x')).toBe(9);
  });

  it('judges what disjoint changes add up to', async () => {
    const validate = (rows: string[]): boolean => rows.length <= 2;
    const { a, b } = nodesWith({ mutable: true, validate }, []);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', ['a']));
    const [mine, theirs] = [await a.open(key), await b.open(key)];
    (theirs.mutate('x') as string[]).push('b');
    await theirs.finish();
    (mine.mutate('x') as string[]).unshift('c');
    expect(await failureOf(mine.finish())).toBeInstanceOf(InvalidAttributeError);
    expect((await a.open(key)).read('x')).toEqual(['a', 'b']);
  });

  it('gives the validator nothing it could change', async () => {
    const validate = (value: { bytes: Uint8Array }): boolean => {
      value.bytes[0] = 99;
      return Object.isFrozen(value);
    };
    const { a, b } = nodesWith({ validate }, undefined);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', { bytes: new Uint8Array([1]) }));
    for (const node of [a, b]) expect((await node.open(key)).read('x')).toEqual({ bytes: new Uint8Array([1]) });
  });

  it('is told at commit when it does not answer at once', async () => {
    const { a } = nodesWith({ validate: (x: unknown) => Promise.reject(new Error(String(x))) }, 0);
    const failure = await failureOf(a.unit(undefined, (unit) => unit.set('x', 1)));
    expect(failure).toBeInstanceOf(InvalidOptionsError);
    expect(a.commits).toEqual([]);
  });
});
