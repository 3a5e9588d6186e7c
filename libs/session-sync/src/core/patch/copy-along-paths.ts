import { viewOnto } from '../graph/binary-value.js';
import type { GraphPath } from '../graph/graph-path.js';
import { isObject } from '../graph/is-object.js';
import { defineOwn } from '../graph/own-data.js';
import { mapSlots, setSlots } from '../graph/own-slots.js';
import { PathResolver } from './resolve-path.js';

/**
 * A copy of a frozen tree in which the objects at `paths`, and all on the way to them, can be changed; the rest is
 * shared.
 * @throws PatchMismatchError when a path leads nowhere
 */
export function copyAlongPaths(root: object, paths: Iterable<GraphPath>): object {
  const resolver = new PathResolver(root);
  const changing = new Set<object>([root]);
  for (const path of paths) changing.add(resolver.objectAt(path, (object) => changing.add(object)));
  const copies = new Map<unknown, object>();
  // Held ones first: who holds an object was met before it.
  for (const object of [...changing].reverse()) copies.set(object, copyWith(object, copies));
  return copies.get(root) ?? root;
}

/** A shallow copy of a frozen object, with copies in place of its parts where there are any. */
function copyWith(object: object, copies: ReadonlyMap<unknown, object>): object {
  const replace = (part: unknown): unknown => copies.get(part) ?? part;
  if (Array.isArray(object)) return copyArray(object as unknown[], copies);
  if (object instanceof Map) {
    const slots = mapSlots(object);
    const copy = new Map<unknown, unknown>();
    for (let index = 0; index < slots.length; index += 2) copy.set(replace(slots[index]), replace(slots[index + 1]));
    return copy;
  }
  if (object instanceof Set) return new Set(setSlots(object).map(replace));
  if (object instanceof ArrayBuffer) return object.slice(0);
  if (ArrayBuffer.isView(object)) return viewOnto(object, replace(object.buffer) as ArrayBuffer);
  const prototype = Object.getPrototypeOf(object) as object | null;
  return prototype === Object.prototype ? copyPlain(object, copies) : copyProperties(object, prototype, replace);
}

/** Copied as a whole: properties added one by one cost several times as much. */
function copyPlain(object: object, copies: ReadonlyMap<unknown, object>): object {
  const copy: Record<string, unknown> = { ...object };
  if (copies.size === 0) return copy;
  for (const [key, part] of Object.entries(copy)) {
    const replaced = isObject(part) ? copies.get(part) : undefined;
    if (replaced !== undefined) copy[key] = replaced;
  }
  return copy;
}

function copyProperties(object: object, prototype: object | null, replace: (part: unknown) => unknown): object {
  const copy = Object.create(prototype) as object;
  for (const [key, value] of Object.entries(object)) defineOwn(copy, key, replace(value));
  return copy;
}

function copyArray(array: readonly unknown[], copies: ReadonlyMap<unknown, object>): unknown[] {
  const copy = array.slice();
  if (copies.size === 0) return copy;
  for (let index = 0; index < copy.length; index++) {
    const replaced = copies.get(copy[index]);
    if (replaced !== undefined) copy[index] = replaced;
  }
  return copy;
}
