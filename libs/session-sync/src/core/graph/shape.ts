import type { CatalogClass } from './class-catalog.js';
import { hasProperties, type ValueClass, type ValueKind } from './value-kind.js';

/** Kind, class and property names that many objects of a graph have in common. */
export interface Shape {
  readonly kind: ValueKind;
  readonly entry?: CatalogClass;
  /** Names of the properties in order; empty for kinds without properties. */
  readonly keys: readonly string[];
}

interface Branch {
  readonly next: Map<string, Branch>;
  shape?: Shape;
}

const NO_KEYS: readonly string[] = [];

/** Makes each shape once, so that a graph of a thousand equal rows holds their names once. */
export class ShapeTable {
  private readonly roots = new Map<unknown, Branch>();
  private last: Shape | undefined;

  shapeOf(found: ValueClass, keys: readonly string[] = NO_KEYS): Shape {
    if (this.last === undefined || !fits(this.last, found, keys)) this.last = this.find(found, keys);
    return this.last;
  }

  private find(found: ValueClass, keys: readonly string[]): Shape {
    let branch = branchAt(this.roots, found.entry ?? found.kind);
    for (const key of keys) branch = branchAt(branch.next, key);
    branch.shape ??= { ...found, keys: hasProperties(found.kind) ? keys : NO_KEYS };
    return branch.shape;
  }
}

function branchAt<K>(branches: Map<K, Branch>, key: K): Branch {
  let branch = branches.get(key);
  if (branch === undefined) branches.set(key, (branch = { next: new Map() }));
  return branch;
}

function fits(shape: Shape, { kind, entry }: ValueClass, keys: readonly string[]): boolean {
  if (shape.kind !== kind || shape.entry !== entry || shape.keys.length !== keys.length) return false;
  for (let index = 0; index < keys.length; index++) if (shape.keys[index] !== keys[index]) return false;
  return true;
}
