import { isObject } from '../graph/is-object.js';
import { mapSlots, setSlots } from '../graph/own-slots.js';

/**
 * Whether no object in a frozen value is held twice: then changing one concerns nobody but those who hold it. Frozen
 * values were checked when they were frozen, so their properties are simply read.
 */
export function isTree(frozen: unknown): boolean {
  if (!isObject(frozen)) return true;
  const seen = new Set<object>([frozen]);
  // The set grows while it is walked.
  for (const holder of seen) {
    for (const part of partsOfFrozen(holder)) {
      if (!isObject(part)) continue;
      if (seen.has(part)) return false;
      seen.add(part);
    }
  }
  return true;
}

function partsOfFrozen(object: object): readonly unknown[] {
  if (Array.isArray(object)) return object as unknown[];
  if (object instanceof Map) return mapSlots(object);
  if (object instanceof Set) return setSlots(object);
  if (ArrayBuffer.isView(object)) return [object.buffer];
  // Converted instances and single values: nothing inside of them is ever changed by a patch.
  return Object.isFrozen(object) ? Object.values(object) : [];
}
