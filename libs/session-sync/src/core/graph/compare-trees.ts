import type { Operation, Patch } from '../patch/operation.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import type { ClassCatalog } from './class-catalog.js';
import type { GraphPath } from './graph-path.js';
import { isObject } from './is-object.js';
import { mapSlots } from './own-slots.js';
import { isPrimitiveKey } from './slot-step.js';
import { classify, hasProperties } from './value-kind.js';

/** Deeper trees are left to `compareGraphs`, which needs no call stack. */
const MAX_DEPTH = 200;

/**
 * The operations that lead from one frozen value to another, both results of `freezeGraph` in which no object is held
 * twice. Parts that both share are never looked into, so that versions made from each other by patches are compared at
 * the price of their difference. Undefined when it can't tell in this simple way: then `compareGraphs` can.
 */
export function compareTrees(before: unknown, after: unknown, options: GraphOptions = {}): Patch | undefined {
  const operations: Operation[] = [];
  return comparePart(before, after, [], { operations, classes: classesOf(options) }) ? operations : undefined;
}

interface Comparison {
  readonly operations: Operation[];
  readonly classes: ClassCatalog;
}

/** Adds the operations for one part; false when it can't tell. */
function comparePart(before: unknown, after: unknown, path: GraphPath, comparison: Comparison): boolean {
  if (Object.is(before, after)) return true;
  if (path.length > MAX_DEPTH) return false;
  if (!isObject(before) || !isObject(after)) {
    comparison.operations.push({ op: 'set', path, value: after });
    return true;
  }
  if (Array.isArray(before) && Array.isArray(after)) return compareArrays(before, after, path, comparison);
  return compareObjects(before, after, path, comparison);
}

function compareObjects(before: object, after: object, path: GraphPath, comparison: Comparison): boolean {
  if (Object.getPrototypeOf(before) !== Object.getPrototypeOf(after)) return false;
  const { kind } = classify(before, comparison.classes);
  if (hasProperties(kind)) return compareProperties(before, after, path, comparison);
  if (before instanceof Map && after instanceof Map) return compareMaps(before, after, path, comparison);
  if (kind !== 'date') return false;
  if (!Object.is(Date.prototype.getTime.call(before), Date.prototype.getTime.call(after))) {
    comparison.operations.push({ op: 'set', path, value: after });
  }
  return true;
}

/** Both are frozen, so their properties are data (checked when they were frozen) and can simply be read. */
function compareProperties(before: object, after: object, path: GraphPath, comparison: Comparison): boolean {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = Object.keys(now);
  let kept = 0;
  for (const key of Object.keys(old)) {
    const part = now[key];
    // The same value is its own: nothing inherited is ever part of a value. What reads as nothing or zero is looked at.
    if (part === old[key] && part !== undefined && part !== 0) kept++;
    else if (!Object.hasOwn(now, key)) comparison.operations.push({ op: 'delete', path: [...path, key] });
    else if (comparePart(old[key], part, [...path, key], comparison)) kept++;
    else return false;
  }
  if (kept === names.length) return true;
  for (const key of names) {
    if (!Object.hasOwn(old, key)) comparison.operations.push({ op: 'set', path: [...path, key], value: now[key] });
  }
  return true;
}

/** Of primitive keys, those that stayed in their order and new ones after them: what appliers of a patch lead to. */
function compareMaps(
  before: ReadonlyMap<unknown, unknown>,
  after: ReadonlyMap<unknown, unknown>,
  path: GraphPath,
  comparison: Comparison,
): boolean {
  const [old, now] = [mapSlots(before), mapSlots(after)];
  let at = 0;
  for (let index = 0; index < old.length; index += 2) {
    const key = old[index];
    if (!isPrimitiveKey(key)) return false;
    if (Object.is(now[at], key) && at < now.length) {
      if (!comparePart(old[index + 1], now[at + 1], [...path, { key }], comparison)) return false;
      at += 2;
    } else if (Map.prototype.has.call(after, key)) return false;
    else comparison.operations.push({ op: 'delete', path: [...path, { key }] });
  }
  for (; at < now.length; at += 2) {
    const key = now[at];
    if (!isPrimitiveKey(key)) return false;
    comparison.operations.push({ op: 'set', path: [...path, { key }], value: now[at + 1] });
  }
  return true;
}

/** What lies between the parts that both have at their ends: added, removed, or as many elements as before. */
function compareArrays(
  before: readonly unknown[],
  after: readonly unknown[],
  path: GraphPath,
  comparison: Comparison,
): boolean {
  const { operations } = comparison;
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  const isSame = (at: number, there: number): boolean =>
    isSameElement([before, at], [after, there], path, comparison.classes);
  while (start < shorter && isSame(start, start)) start++;
  let end = 0;
  while (end < shorter - start && isSame(before.length - 1 - end, after.length - 1 - end)) end++;
  const removed = before.length - start - end;
  const added = after.length - start - end;
  if (removed === 0 && added > 0) {
    operations.push({ op: 'splice', path, index: start, remove: 0, items: after.slice(start, start + added) });
  } else if (added === 0 && removed > 0) {
    operations.push({ op: 'splice', path, index: start, remove: removed, items: [] });
  } else if (added === removed) {
    for (let index = start; index < start + added; index++) {
      if (!Object.hasOwn(before, index) || !Object.hasOwn(after, index)) return false;
      if (!comparePart(before[index], after[index], [...path, index], comparison)) return false;
    }
  } else return false;
  return true;
}

/** Versions that were read separately share nothing: then their elements are compared by content. */
function isSameElement(
  [before, at]: readonly [readonly unknown[], number],
  [after, there]: readonly [readonly unknown[], number],
  path: GraphPath,
  classes: ClassCatalog,
): boolean {
  if (Object.is(before[at], after[there])) return Object.hasOwn(before, at) === Object.hasOwn(after, there);
  if (!isObject(before[at]) || !isObject(after[there])) return false;
  if (Object.getPrototypeOf(before[at]) !== Object.getPrototypeOf(after[there])) return false;
  const operations: Operation[] = [];
  return comparePart(before[at], after[there], [...path, at], { operations, classes }) && operations.length === 0;
}
