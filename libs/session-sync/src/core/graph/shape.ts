import type { CatalogClass } from './class-catalog.js';
import type { ValueClass, ValueKind } from './value-kind.js';

/** Kind, class and property names that many objects of a graph have in common. */
export interface Shape {
  readonly kind: ValueKind;
  readonly entry?: CatalogClass;
  /** Names of the properties in order; empty for kinds without properties. */
  readonly keys: readonly string[];
}

export const NO_KEYS: readonly string[] = [];
const PLAIN: ValueClass = { kind: 'object' };

/** Up to this many shapes are simply gone through: most graphs have fewer. */
const MAX_LISTED = 16;

/** Makes each shape once, so that a graph of a thousand equal rows holds their names once. */
export class ShapeTable {
  private readonly listed: Shape[] = [];
  private others: Map<string, Shape> | undefined;
  private lastPlain = newShape(PLAIN, NO_KEYS);
  private last = this.lastPlain;

  shapeOf(found: ValueClass, keys: readonly string[]): Shape {
    if (!fits(this.last, found, keys)) this.last = this.find(found, keys);
    return this.last;
  }

  /** The shape of a plain object whose properties are its own; most often that of the one before. */
  plainShapeOf(object: object): Shape {
    const { keys } = this.lastPlain;
    let count = 0;
    for (const key in object) if (key !== keys[count++]) return this.nextPlain(object);
    return count === keys.length ? this.lastPlain : this.nextPlain(object);
  }

  private nextPlain(object: object): Shape {
    this.lastPlain = this.find(PLAIN, Object.keys(object));
    return this.lastPlain;
  }

  private find(found: ValueClass, keys: readonly string[]): Shape {
    const { listed } = this;
    for (const shape of listed) if (fits(shape, found, keys)) return shape;
    if (listed.length === MAX_LISTED) return this.findOther(found, keys);
    const shape = newShape(found, keys);
    listed.push(shape);
    return shape;
  }

  private findOther(found: ValueClass, keys: readonly string[]): Shape {
    const others = (this.others ??= new Map<string, Shape>());
    // Names may hold the separator: what is found by it is looked at once more.
    const name = [found.entry?.name ?? found.kind, ...keys].join('\n');
    const known = others.get(name);
    if (known !== undefined && fits(known, found, keys)) return known;
    const shape = newShape(found, keys);
    others.set(name, shape);
    return shape;
  }
}

function newShape({ kind, entry }: ValueClass, keys: readonly string[]): Shape {
  return entry === undefined ? { kind, keys } : { kind, entry, keys };
}

function fits(shape: Shape, { kind, entry }: ValueClass, keys: readonly string[]): boolean {
  if (shape.kind !== kind || shape.entry !== entry || shape.keys.length !== keys.length) return false;
  for (let index = 0; index < keys.length; index++) if (shape.keys[index] !== keys[index]) return false;
  return true;
}
