import { isObject } from '../graph/is-object.js';
import { ObjectAt } from './object-at.js';
import { partsOf } from './parts-of.js';

/** Whether a value of a patch refers to objects that were there before. */
export function holdsReferences(value: unknown): boolean {
  return holds(value, (part) => part instanceof ObjectAt);
}

/** Whether a number or bigint is anywhere in `value`. */
export function holdsNumber(value: unknown): boolean {
  return holds(value, (part) => typeof part === 'number' || typeof part === 'bigint');
}

function holds(value: unknown, isWanted: (part: unknown) => boolean): boolean {
  const seen = new Set<unknown>([value]);
  // The set grows while it is walked.
  for (const each of seen) {
    if (isWanted(each)) return true;
    // Where an object was is no content.
    if (isObject(each) && !(each instanceof ObjectAt)) for (const part of partsOf(each)) seen.add(part);
  }
  return false;
}
