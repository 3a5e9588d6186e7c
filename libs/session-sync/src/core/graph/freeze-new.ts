import { freezeOne } from './freeze-graph.js';
import type { ClassCatalog } from './class-catalog.js';
import { mapSlots, setSlots } from './own-slots.js';
import { classify, hasProperties } from './value-kind.js';

/**
 * Freezes what isn't frozen yet of a value made of frozen parts and of copies by `GraphCopier`: neither holds accessors
 * or anything unsupported, so parts are simply read.
 */
export function freezeNew<T>(value: T, classes: ClassCatalog): T {
  const waiting: unknown[] = [value];
  const met = new Set<object>();
  while (waiting.length > 0) {
    const object = waiting.pop();
    if (typeof object !== 'object' || object === null || Object.isFrozen(object) || met.has(object)) continue;
    met.add(object);
    const { kind } = classify(object, classes);
    if (kind === 'array') {
      for (const part of object as unknown[]) if (typeof part === 'object') waiting.push(part);
    } else if (kind === 'map') waiting.push(...mapSlots(object as Map<unknown, unknown>));
    else if (kind === 'set') waiting.push(...setSlots(object as Set<unknown>));
    else if (hasProperties(kind)) waiting.push(...(Object.values(object) as unknown[]));
    freezeOne(object, kind);
  }
  return value;
}
