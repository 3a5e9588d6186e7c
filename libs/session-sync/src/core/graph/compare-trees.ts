import type { Operation, Patch } from '../patch/operation.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import type { ClassCatalog } from './class-catalog.js';
import type { GraphPath } from './graph-path.js';
import { isObject } from './is-object.js';
import { classify, hasProperties } from './value-kind.js';

/** Deeper trees are left to `compareGraphs`, which needs no call stack. */
const MAX_DEPTH = 200;

/** Thrown inside, caught inside: the two aren't of the kind that this comparison understands. */
class Undecided extends Error {}

/**
 * The operations that lead from one frozen value to another, both results of `freezeGraph` in which no object is held
 * twice. Parts that both share are never looked into, so that versions made from each other by patches are compared at
 * the price of their difference. Undefined when it can't tell in this simple way: then `compareGraphs` can.
 */
export function compareTrees(before: unknown, after: unknown, options: GraphOptions = {}): Patch | undefined {
  try {
    const operations: Operation[] = [];
    comparePart(before, after, [], { operations, classes: classesOf(options) });
    return operations;
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

interface Comparison {
  readonly operations: Operation[];
  readonly classes: ClassCatalog;
}

function comparePart(before: unknown, after: unknown, path: GraphPath, comparison: Comparison): void {
  if (Object.is(before, after)) return;
  if (path.length > MAX_DEPTH) throw new Undecided();
  if (!isObject(before) || !isObject(after)) {
    comparison.operations.push({ op: 'set', path, value: after });
  } else if (Array.isArray(before) && Array.isArray(after)) {
    compareArrays(before, after, path, comparison);
  } else {
    compareObjects(before, after, path, comparison);
  }
}

function compareObjects(before: object, after: object, path: GraphPath, comparison: Comparison): void {
  if (Object.getPrototypeOf(before) !== Object.getPrototypeOf(after)) throw new Undecided();
  const { kind } = classify(before, comparison.classes);
  if (hasProperties(kind)) compareProperties(before, after, path, comparison);
  else if (kind !== 'date') throw new Undecided();
  else if (!Object.is(Date.prototype.getTime.call(before), Date.prototype.getTime.call(after))) {
    comparison.operations.push({ op: 'set', path, value: after });
  }
}

/** Both are frozen, so their properties are data (checked when they were frozen) and can simply be read. */
function compareProperties(before: object, after: object, path: GraphPath, comparison: Comparison): void {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  for (const key of Object.keys(old)) {
    if (Object.hasOwn(now, key)) comparePart(old[key], now[key], [...path, key], comparison);
    else comparison.operations.push({ op: 'delete', path: [...path, key] });
  }
  for (const key of Object.keys(now)) {
    if (!Object.hasOwn(old, key)) comparison.operations.push({ op: 'set', path: [...path, key], value: now[key] });
  }
}

/** What lies between the parts that both have at their ends: added, removed, or as many elements as before. */
function compareArrays(
  before: readonly unknown[],
  after: readonly unknown[],
  path: GraphPath,
  comparison: Comparison,
): void {
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
      if (!Object.hasOwn(before, index) || !Object.hasOwn(after, index)) throw new Undecided();
      comparePart(before[index], after[index], [...path, index], comparison);
    }
  } else throw new Undecided();
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
  comparePart(before[at], after[there], [...path, at], { operations, classes });
  return operations.length === 0;
}
