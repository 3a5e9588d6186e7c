import type { Operation, Patch } from '../patch/operation.js';
import type { GraphPath } from './graph-path.js';

/** Deeper trees are left to `compareGraphs`, which needs no call stack. */
const MAX_DEPTH = 200;

/** Thrown inside, caught inside: the two aren't of the kind that this comparison understands. */
class Undecided extends Error {}

/**
 * The operations that lead from one frozen value to another, both results of `freezeGraph` in which no object is held
 * twice. Parts that both share are never looked into, so that versions made from each other by patches are compared at
 * the price of their difference. Undefined when it can't tell in this simple way: then `compareGraphs` can.
 */
export function compareTrees(before: unknown, after: unknown): Patch | undefined {
  try {
    const operations: Operation[] = [];
    comparePart(before, after, [], operations);
    return operations;
  } catch (error) {
    if (error instanceof Undecided) return undefined;
    throw error;
  }
}

function comparePart(before: unknown, after: unknown, path: GraphPath, operations: Operation[]): void {
  if (Object.is(before, after)) return;
  if (path.length > MAX_DEPTH) throw new Undecided();
  if (!isObject(before) || !isObject(after)) {
    operations.push({ op: 'set', path, value: after });
  } else if (Array.isArray(before) && Array.isArray(after)) {
    compareArrays(before, after, path, operations);
  } else if (hasOnlyProperties(before) && Object.getPrototypeOf(before) === Object.getPrototypeOf(after)) {
    compareProperties(before, after, path, operations);
  } else throw new Undecided();
}

/** Frozen, so its properties are data (checked when it was frozen) and all there is to it. */
function hasOnlyProperties(object: object): boolean {
  if (Array.isArray(object) || !Object.isFrozen(object)) return false;
  return !(object instanceof Map || object instanceof Set || object instanceof Date || object instanceof RegExp);
}

function compareProperties(before: object, after: object, path: GraphPath, operations: Operation[]): void {
  const [old, now] = [before as Record<string, unknown>, after as Record<string, unknown>];
  for (const key of Object.keys(old)) {
    if (Object.hasOwn(now, key)) comparePart(old[key], now[key], [...path, key], operations);
    else operations.push({ op: 'delete', path: [...path, key] });
  }
  for (const key of Object.keys(now)) {
    if (!Object.hasOwn(old, key)) operations.push({ op: 'set', path: [...path, key], value: now[key] });
  }
}

/** What lies between the parts that both have at their ends: added, removed, or as many elements as before. */
function compareArrays(
  before: readonly unknown[],
  after: readonly unknown[],
  path: GraphPath,
  operations: Operation[],
): void {
  let start = 0;
  const shorter = Math.min(before.length, after.length);
  while (start < shorter && isSameElement(before, start, after, start)) start++;
  let end = 0;
  while (end < shorter - start && isSameElement(before, before.length - 1 - end, after, after.length - 1 - end)) end++;
  const removed = before.length - start - end;
  const added = after.length - start - end;
  if (removed === 0 && added > 0) {
    operations.push({ op: 'splice', path, index: start, remove: 0, items: after.slice(start, start + added) });
  } else if (added === 0 && removed > 0) {
    operations.push({ op: 'splice', path, index: start, remove: removed, items: [] });
  } else if (added === removed) {
    for (let index = start; index < start + added; index++) {
      if (!Object.hasOwn(before, index) || !Object.hasOwn(after, index)) throw new Undecided();
      comparePart(before[index], after[index], [...path, index], operations);
    }
  } else throw new Undecided();
}

function isSameElement(before: readonly unknown[], at: number, after: readonly unknown[], there: number): boolean {
  return Object.is(before[at], after[there]) && Object.hasOwn(before, at) === Object.hasOwn(after, there);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
