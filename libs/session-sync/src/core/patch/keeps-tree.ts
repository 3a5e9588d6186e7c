import { isObject } from '../graph/is-object.js';
import { ObjectAt } from './object-at.js';
import type { Patch } from './operation.js';
import { partsOf } from './parts-of.js';

/**
 * Whether a value in which no object is held twice stays one under `patch`: nothing moves, and no new object occurs
 * twice.
 */
export function keepsTree(patch: Patch): boolean {
  const seen = new Set<object>();
  /** Takes a value in unless it stands for, or is, an object that is somewhere else as well. */
  const takes = (value: unknown): boolean => {
    if (!isObject(value)) return true;
    if (value instanceof ObjectAt || seen.has(value) || ArrayBuffer.isView(value)) return false;
    seen.add(value);
    return true;
  };
  for (const operation of patch) {
    if ('value' in operation && !takes(operation.value)) return false;
    if ('items' in operation && !operation.items.every(takes)) return false;
  }
  // The set grows while it is walked.
  for (const object of seen) for (const part of partsOf(object)) if (!takes(part)) return false;
  return true;
}
