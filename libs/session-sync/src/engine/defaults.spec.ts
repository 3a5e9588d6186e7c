import { describe, expect, it } from 'vitest';
import { nodesWith } from './options.fixture.js';

describe('the default of an attribute', () => {
  it('is asked once, and given to each unit as a copy of its own', async () => {
    let asked = 0;
    const { a, b } = nodesWith({ mutable: true, default: () => [`row ${++asked}`] }, undefined);
    expect(asked).toBe(2); // one for each node
    const [one, two] = [await a.open(undefined), await a.open(undefined)];
    (one.mutate('x') as string[]).push('mine');
    expect(two.mutate('x')).toEqual(['row 1']);
    expect((await a.open(undefined)).read('x')).toEqual(['row 1']);
    expect((await b.open(undefined)).read('x')).toEqual(['row 2']);
    expect(asked).toBe(2);
  });

  it('is what an attribute goes back to, and is not stored', async () => {
    const { a } = nodesWith({ default: () => 'en' }, undefined);
    const { key } = await a.unit(undefined, (unit) => (unit.set('x', 'de'), unit.set('other', 1)));
    await a.unit(key, (unit) => {
      unit.delete('x');
      expect(unit.read('x')).toBe('en');
    });
    expect(a.commits.at(-1)?.difference).toBe('-x');
  });
});
