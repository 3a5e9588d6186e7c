import { describe, expect, it } from 'vitest';
import { createClassCatalog } from '../graph/index.js';
import { AttributeDecodeError } from '../errors/index.js';
import { decodeVersion } from './decode-version.js';

class Line {
  sku = '';
}
class Money {
  constructor(readonly cents: number) {}
}
const classes = createClassCatalog([
  { name: 'Line', prototype: Line.prototype },
  {
    name: 'Money',
    prototype: Money.prototype,
    toPlain: (money) => ({ cents: (money as Money).cents }),
    fromPlain: (plain) => {
      const { cents } = plain as { cents?: number };
      if (cents === undefined) throw new TypeError('an image of another version');
      return new Money(cents);
    },
  },
]);

const stored =
  '{"line":{"$class":["Line",{"sku":"tea"}]},"old":{"$class":["Gone",{"a":{"$date":null}}]},"money":{"$as":["Money",{"cents":5}]},"price":{"$as":["Price",{"eur":5}]}}';

function migrated(text: string): unknown {
  let seen: unknown;
  decodeVersion(text, 1, { classes, version: 2, migrate: { 1: (old) => (seen = old) } });
  return seen;
}

describe('what a migration gets', () => {
  it('is instances of the classes that are known as such, and plain objects in place of all others', () => {
    const { line, old, money, price } = migrated(stored) as Record<string, object>;
    expect(line).toBeInstanceOf(Line);
    expect(old).toEqual({ a: new Date(Number.NaN) });
    expect(money).toEqual({ cents: 5 });
    expect(price).toEqual({ eur: 5 });
    for (const plain of [old, money, price]) expect(Object.getPrototypeOf(plain)).toBe(Object.prototype);
  });

  it('keeps what is shared, and names that lead into prototypes as data', () => {
    const { a, b } = migrated('{"a":{"$def":[1,{"$class":["Gone",{"__proto__":{"x":1}}]}]},"b":{"$ref":1}}') as Record<
      string,
      object
    >;
    expect(a).toBe(b);
    expect(Object.keys(a ?? {})).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(a)).toBe(Object.prototype);
  });

  it('is in each step what the version before would have stored', () => {
    const seen: unknown[] = [];
    decodeVersion('1', 1, {
      classes,
      version: 4,
      migrate: {
        1: () => ({ money: new Money(1), line: new Line() }),
        2: (old) => (seen.push(old), old),
        3: (old) => (seen.push(old), old),
      },
    });
    expect(seen).toEqual([
      { money: { cents: 1 }, line: new Line() },
      { money: { cents: 1 }, line: new Line() },
    ]);
    expect((seen[0] as { money: object }).money).not.toBeInstanceOf(Money);
    expect((seen[1] as { line: object }).line).toBeInstanceOf(Line);
  });
});

describe('a newer version', () => {
  it('is read with the classes that are known, converted ones where they take the image', () => {
    const text = '[{"$as":["Money",{"cents":5}]},{"$as":["Money",{"units":5}]},{"$class":["New",{}]}]';
    expect(decodeVersion(text, 2, { classes, version: 1, migrate: {} })).toEqual([new Money(5), { units: 5 }, {}]);
  });
});

it.each([Number.NaN, 0, -1, 1.5])('version %d, which nothing is stored under, is refused', (storedVersion) => {
  const read = (): unknown => decodeVersion('1', storedVersion, { version: 2, migrate: { 1: () => 2 } });
  expect(read).toThrow(AttributeDecodeError);
});

describe('what goes wrong in a step', () => {
  class Loose {}
  it.each([
    ['a step that is missing', { 2: (old: unknown) => old }, 'no migration leads on'],
    [
      'one that only a prototype has',
      Object.create({ 1: (old: unknown) => old }) as Record<number, never>,
      'no migration leads on',
    ],
    ['undefined', { 1: () => undefined, 2: () => 1 }, 'gave undefined'],
    ['what the next step cannot be given', { 1: () => ({ a: new Loose() }), 2: () => 1 }, "gave what can't be stored"],
  ])('%s is an AttributeDecodeError', (_, migrate, reason) => {
    const read = (): unknown => decodeVersion('1', 1, { classes, version: 3, migrate });
    expect(read).toThrow(AttributeDecodeError);
    expect(read).toThrow(reason);
  });
});
