import { describe, expect, it } from 'vitest';
import { SessionTooLargeError } from '../core/errors/index.js';
import { failureOf, nodesWith } from './options.fixture.js';

const fill = (length: number) => 'x'.repeat(length);

describe('maxBytes of an attribute', () => {
  it('is the size of its encoded text, to the byte', async () => {
    const { a } = nodesWith({ maxBytes: 102 }, '');
    const { key } = await a.unit(undefined, (unit) => unit.set('x', fill(100)));
    const failure = await failureOf(a.unit(key, (unit) => unit.set('x', fill(101))));
    expect(failure).toBeInstanceOf(SessionTooLargeError);
    expect(failure).toMatchObject({ attribute: 'x', bytes: 103, maxBytes: 102 });
  });

  it('counts the exact size after patches, whose bound grows', async () => {
    const rows = () => Array.from({ length: 100 }, (_, i) => ({ id: i, text: 'some text' }));
    const { a, b } = nodesWith({ mutable: true, maxBytes: JSON.stringify(rows()).length }, []);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', rows()));
    for (const text of ['SOME TEXT', 'some text', 'SOME text']) {
      await a.unit(key, (unit) => void ((unit.mutate('x') as { text: string }[])[5]!.text = text));
    }
    expect(a.commits).toHaveLength(4);
    expect((await b.open(key)).read('x')).toMatchObject({ 5: { text: 'SOME text' } });
  });

  it('sends nothing, stores nothing of the unit, and lets others of the node go on', async () => {
    const { a, b, log } = nodesWith({ maxBytes: 10 }, '');
    const { key } = await a.unit(undefined, (unit) => unit.set('x', 'before'));
    const sent = log.appended.length;
    const tooMuch = await a.open(key);
    tooMuch.set('x', fill(100));
    tooMuch.set('other', 1);
    expect(await failureOf(tooMuch.finish())).toBeInstanceOf(SessionTooLargeError);
    expect(log.appended).toHaveLength(sent);
    const unit = await b.open(key);
    expect([unit.read('x'), unit.read('other')]).toEqual(['before', 0]);
    await a.unit(key, (u) => u.set('x', 'after'));
    expect((await b.open(key)).read('x')).toBe('after');
  });

  it('counts for what a merge makes of it', async () => {
    const { a, b } = nodesWith({ mutable: true, maxBytes: 30 }, []);
    const { key } = await a.unit(undefined, (unit) => unit.set('x', ['first']));
    const [mine, theirs] = [await a.open(key), await b.open(key)];
    (theirs.mutate('x') as string[]).push(fill(10));
    await theirs.finish();
    (mine.mutate('x') as string[]).unshift(fill(10));
    expect(await failureOf(mine.finish())).toMatchObject({ attribute: 'x' });
  });

  it('does not stop changes of other attributes of a session that has more already', async () => {
    const { a, log } = nodesWith({}, '');
    const { key } = await a.unit(undefined, (unit) => unit.set('x', fill(100)));
    const { a: stricter } = nodesWith({ maxBytes: 10 }, '', { log });
    await stricter.unit(key, (unit) => unit.set('other', 1));
    expect(stricter.commits).toHaveLength(1);
  });
});

describe('maxSessionBytes', () => {
  it('bounds the session as a whole and names no attribute', async () => {
    const { a, b } = nodesWith({}, '', { settings: { maxSessionBytes: 200 } });
    const { key } = await a.unit(undefined, (unit) => unit.set('x', fill(150)));
    const failure = await failureOf(a.unit(key, (unit) => unit.set('x', fill(250))));
    expect(failure).toBeInstanceOf(SessionTooLargeError);
    expect(failure).toMatchObject({ attribute: undefined, maxBytes: 200 });
    expect((await b.open(key)).read('x')).toBe(fill(150));
  });
});
