import type { Operation, Patch } from '../patch/operation.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import type { ClassCatalog } from './class-catalog.js';
import type { GraphPath } from './graph-path.js';
import { identityOf, isOtherByKey } from './identifying-key.js';
import { isObject } from './is-object.js';
import { isSameTree } from './is-same-tree.js';
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
  if (isOtherByKey(before, after)) {
    comparison.operations.push({ op: 'set', path, value: after });
    return true;
  }
  const { kind } = classify(before, comparison.classes);
  if (hasProperties(kind)) return compareProperties(before, after, path, comparison);
  if (before instanceof Map && after instanceof Map) return compareMaps(before, after, path, comparison);
  if (kind !== 'date') return false;
  if (!Object.is(Date.prototype.getTime.call(before), Date.prototype.getTime.call(after))) {
    comparison.operations.push({ op: 'set', path, value: after });
  }
  return true;
}

/** Both are frozen, so their own properties are data (checked when they were frozen) and can simply be read. */
function compareProperties(before: object, after: object, path: GraphPath, comparison: Comparison): boolean {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  const names = Object.keys(now);
  let kept = 0;
  for (const key of Object.keys(old)) {
    if (!Object.hasOwn(now, key)) comparison.operations.push({ op: 'delete', path: [...path, key] });
    else if (old[key] === now[key] && old[key] !== 0) kept++;
    else if (comparePart(old[key], now[key], [...path, key], comparison)) kept++;
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
  const { operations, classes } = comparison;
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  // Versions that were read separately share nothing: then their elements are compared by content.
  const isSame = (at: number, there: number): boolean =>
    isSameTree(before[at], after[there], classes, MAX_DEPTH - path.length) &&
    (before[at] !== undefined || Object.hasOwn(before, at) === Object.hasOwn(after, there));
  while (start < shorter && isSame(start, start)) start++;
  let end = 0;
  while (end < shorter - start && isSame(before.length - 1 - end, after.length - 1 - end)) end++;
  const removed = before.length - start - end;
  const added = after.length - start - end;
  if (removed === 0 && added > 0) {
    operations.push({ op: 'splice', path, index: start, remove: 0, items: after.slice(start, start + added) });
  } else if (added === 0 && removed > 0) {
    operations.push({ op: 'splice', path, index: start, remove: removed, items: [] });
  } else if (added === removed && stayInPlace(before, after, start, start + added)) {
    for (let index = start; index < start + added; index++) {
      if (!comparePart(before[index], after[index], [...path, index], comparison)) return false;
    }
  } else return false;
  return true;
}

/**
 * Whether each element between the two positions surely continues the one that was in its place: nothing there has come
 * from another place, no object has another key than the one before it, and no more than one lacks a key.
 */
function stayInPlace(before: readonly unknown[], after: readonly unknown[], from: number, to: number): boolean {
  const removed = new Set(before.slice(from, to));
  let unnamed = 0;
  for (let index = from; index < to; index++) {
    if (!Object.hasOwn(before, index) || !Object.hasOwn(after, index)) return false;
    const [old, now] = [before[index], after[index]];
    if (Object.is(old, now)) continue;
    if (removed.has(now) || isOtherByKey(old, now)) return false;
    if (isObject(old) && isObject(now) && identityOf(old) === undefined && ++unnamed > 1) return false;
  }
  return true;
}
