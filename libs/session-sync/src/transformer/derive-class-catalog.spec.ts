import 'reflect-metadata';
import { Exclude, Expose, Transform, Type } from 'class-transformer';
import { describe, expect, it } from 'vitest';
import { declareAttribute, describeSession, type AttributeOptions } from '../core/access/index.js';
import { InvalidOptionsError } from '../core/errors/index.js';
import type { ClassCatalog } from '../core/graph/index.js';
import { deriveClassCatalog } from './derive-class-catalog.js';

/** The catalog of a session class with the one attribute `held`. */
function catalogOf(held: unknown, options: AttributeOptions = {}): ClassCatalog {
  class Holder {
    held = held;
  }
  declareAttribute(Holder.prototype, 'held', { mutable: true, ...options }, Object);
  return deriveClassCatalog(describeSession(Holder));
}

class Price {
  constructor(readonly cents = 0) {}
}

class Line {
  @Type(() => Price) price?: Price;
}

describe('the classes that a session may hold', () => {
  it('are those of the default, through every kind of holder', () => {
    class InArray {}
    class InMap {}
    class InSet {}
    class Nested {
      readonly inside = [
        new InArray(),
        new Map([['x', new Set([new InSet()])]]),
        { deep: new Map([[new InMap(), 1]]) },
      ];
    }
    const catalog = catalogOf({
      plain: new Nested(),
      date: new Date(),
      bytes: new Uint8Array(3),
      url: new URL('http://x'),
    });
    for (const cls of [Nested, InArray, InMap, InSet]) {
      expect(catalog.byPrototype(cls.prototype)).toEqual({ name: cls.name, prototype: cls.prototype });
    }
    for (const native of [Date, Uint8Array, URL, Map, Object]) {
      expect(catalog.byName(native.name, false)).toBeUndefined();
    }
  });

  it('are those the declaration names, and from there on those of @Type', () => {
    class Special extends Line {
      @Type(() => Price) extra?: Price;
    }
    const catalog = catalogOf(null, { type: () => Special });
    expect(catalog.byName('Special', false)?.prototype).toBe(Special.prototype);
    expect(catalog.byName('Price', false)?.prototype).toBe(Price.prototype);
    expect(catalog.byName('Line', false)).toBeUndefined();
  });

  it('include the subtypes of a discriminator', () => {
    class Cat {}
    class Dog {}
    class Pet {}
    class Owner {
      @Type(() => Pet, {
        discriminator: {
          property: 'kind',
          subTypes: [
            { value: Cat, name: 'cat' },
            { value: Dog, name: 'dog' },
          ],
        },
      })
      pets: Pet[] = [];
    }
    const catalog = catalogOf(new Owner());
    expect(['Owner', 'Pet', 'Cat', 'Dog'].map((name) => catalog.byName(name, false)?.name)).toEqual([
      'Owner',
      'Pet',
      'Cat',
      'Dog',
    ]);
  });

  it('end in circles', () => {
    class Parent {
      @Type(() => Child) child?: unknown;
    }
    class Child {
      @Type(() => Parent) parent?: Parent;
    }
    expect(catalogOf(new Parent()).byName('Child', false)?.prototype).toBe(Child.prototype);
  });

  it('are converted by class-transformer where they describe themselves to it', () => {
    class Account {
      @Transform(({ value }) => Number(value) * 100, { toPlainOnly: true })
      @Transform(({ value }) => Number(value) / 100, { toClassOnly: true })
      euros = 1;
      @Expose({ name: 'label' }) title = 'mine';
      @Exclude() secret = 'hidden';
    }
    const entry = catalogOf(new Account()).byPrototype(Account.prototype);
    const plain = entry?.toPlain?.(Object.assign(new Account(), { euros: 2, title: 'ours' }));
    expect(plain).toEqual({ euros: 200, label: 'ours' });
    const made = entry?.fromPlain?.(plain);
    expect(made).toBeInstanceOf(Account);
    expect(made).toMatchObject({ euros: 2, title: 'ours', secret: 'hidden' });
  });
});

describe("classes that can't be kept", () => {
  function problemsOf(held: object): readonly string[] {
    try {
      catalogOf(held);
      return [];
    } catch (error) {
      return error instanceof InvalidOptionsError ? error.problems : [String(error)];
    }
  }

  it('have #private fields, unless class-transformer is told what stands for them', () => {
    class Open {
      readonly text = '#not a field';
      // #neither
    }
    class Closed {
      readonly #count = 0;
      get count(): number {
        return this.#count;
      }
    }
    class Heir extends Closed {}
    class Described {
      #count = 0;
      @Expose() get count(): number {
        return this.#count;
      }
      set count(count: number) {
        this.#count = count;
      }
    }
    expect(problemsOf(new Open())).toEqual([]);
    expect(problemsOf(new Closed())).toEqual([expect.stringContaining('Closed has #private fields')]);
    expect(problemsOf(new Heir())).toEqual([expect.stringContaining('Heir has #private fields')]);
    expect(problemsOf(new Described())).toEqual([]);
  });

  it('have no name, or one name for two', () => {
    const twins = [class Twin {}, class Twin {}].map((cls) => new cls());
    expect(problemsOf(twins)).toEqual([expect.stringContaining('two classes are named Twin')]);
    expect(problemsOf(new (class {})())).toEqual([expect.stringContaining('without a name')]);
  });
});
