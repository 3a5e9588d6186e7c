import { freezeOne } from './freeze-graph.js';
import type { ClassCatalog } from './class-catalog.js';
import { isObject } from './is-object.js';
import { mapSlots, setSlots } from './own-slots.js';
import { classify, hasProperties } from './value-kind.js';

/**
 * Freezes what isn't frozen yet of a value made of frozen parts and of copies by `GraphCopier`: neither holds accessors
 * or anything unsupported, so parts are simply read.
 */
export function freezeNew<T>(value: T, classes: ClassCatalog): T {
  const waiting: object[] = [];
  const met = new Set<object>();
  const meet = (part: unknown): void => {
    if (!isObject(part) || Object.isFrozen(part) || met.has(part)) return;
    met.add(part);
    waiting.push(part);
  };
  meet(value);
  for (let object = waiting.pop(); object !== undefined; object = waiting.pop()) {
    const { kind } = classify(object, classes);
    if (kind === 'array') for (const part of object as unknown[]) meet(part);
    else if (kind === 'map') for (const part of mapSlots(object as Map<unknown, unknown>)) meet(part);
    else if (kind === 'set') for (const part of setSlots(object as Set<unknown>)) meet(part);
    else if (hasProperties(kind)) for (const part of Object.values(object) as unknown[]) meet(part);
    freezeOne(object, kind);
  }
  return value;
}
