import type { ClassCatalog } from './class-catalog.js';
import { isObject } from './is-object.js';
import { mapSlots } from './own-slots.js';
import { isPrimitiveKey } from './slot-step.js';
import { classify, hasProperties } from './value-kind.js';

/**
 * Whether two values, frozen as for `compareTrees`, surely are the same; left at the first difference. No also of kinds
 * it doesn't look into and of what lies deeper than `depth`.
 */
export function isSameTree(before: unknown, after: unknown, classes: ClassCatalog, depth: number): boolean {
  if (Object.is(before, after)) return true;
  if (depth < 0 || !isObject(before) || !isObject(after)) return false;
  if (Object.getPrototypeOf(before) !== Object.getPrototypeOf(after)) return false;
  const isSame = (a: unknown, b: unknown): boolean => isSameTree(a, b, classes, depth - 1);
  if (Array.isArray(before) && Array.isArray(after)) return haveSameElements(before, after, isSame);
  const { kind } = classify(before, classes);
  if (hasProperties(kind)) return haveSameProperties(before, after, isSame);
  if (before instanceof Map && after instanceof Map) return haveSameEntries(before, after, isSame);
  return kind === 'date' && Object.is(timeOf(before), timeOf(after));
}

type IsSame = (before: unknown, after: unknown) => boolean;

function haveSameElements(before: readonly unknown[], after: readonly unknown[], isSame: IsSame): boolean {
  if (before.length !== after.length) return false;
  for (let index = 0; index < before.length; index++) {
    if (Object.hasOwn(before, index) !== Object.hasOwn(after, index)) return false;
    if (!isSame(before[index], after[index])) return false;
  }
  return true;
}

function haveSameProperties(before: object, after: object, isSame: IsSame): boolean {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = Object.keys(old);
  if (names.length !== Object.keys(now).length) return false;
  return names.every((name) => Object.hasOwn(now, name) && isSame(old[name], now[name]));
}

function haveSameEntries(
  before: ReadonlyMap<unknown, unknown>,
  after: ReadonlyMap<unknown, unknown>,
  isSame: IsSame,
): boolean {
  const [old, now] = [mapSlots(before), mapSlots(after)];
  if (old.length !== now.length) return false;
  return old.every((slot, index) =>
    index % 2 === 0 ? isPrimitiveKey(slot) && Object.is(slot, now[index]) : isSame(slot, now[index]),
  );
}

function timeOf(date: object): number {
  return Date.prototype.getTime.call(date);
}
