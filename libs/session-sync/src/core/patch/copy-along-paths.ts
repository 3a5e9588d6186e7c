import { viewOnto } from '../graph/binary-value.js';
import { copyElements } from '../graph/copy-elements.js';
import type { GraphPath, PathStep } from '../graph/graph-path.js';
import { defineOwn } from '../graph/own-data.js';
import { mapSlots, setSlots } from '../graph/own-slots.js';
import { PathResolver } from './resolve-path.js';

/** A tree made of copies and of parts of another tree. */
export interface PartlyCopied {
  readonly root: object;
  readonly copies: readonly object[];
}

/**
 * A copy of a frozen tree in which the objects at `paths`, and all on the way to them, can be changed; the rest is
 * shared.
 * @throws PatchMismatchError when a path leads nowhere
 */
export function copyAlongPaths(root: object, paths: Iterable<GraphPath>): PartlyCopied {
  const resolver = new PathResolver(root);
  /** Objects to copy, and where in them others are. */
  const changing = new Map<object, Set<PathStep>>();
  for (const path of paths) {
    const object = resolver.objectAt(path, (holder, step) => stepsFrom(changing, holder).add(step));
    stepsFrom(changing, object);
  }
  const copies = new Map<unknown, object>();
  // Held ones first: who holds an object was met before it.
  for (const [object, steps] of [...changing].reverse()) copies.set(object, copyWith(object, steps, copies));
  return { root: copies.get(root) ?? root, copies: [...copies.values()] };
}

function stepsFrom(changing: Map<object, Set<PathStep>>, object: object): Set<PathStep> {
  let steps = changing.get(object);
  if (steps === undefined) changing.set(object, (steps = new Set()));
  return steps;
}

/** A shallow copy of a frozen object, with copies in place of its parts at `steps`. */
function copyWith(object: object, steps: ReadonlySet<PathStep>, copies: ReadonlyMap<unknown, object>): object {
  const replace = (part: unknown): unknown => copies.get(part) ?? part;
  if (Array.isArray(object)) {
    const copy = copyElements(object);
    for (const step of steps) if (typeof step === 'number') copy[step] = replace(copy[step]);
    return copy;
  }
  if (object instanceof Map) {
    const slots = mapSlots(object);
    const copy = new Map<unknown, unknown>();
    for (let index = 0; index < slots.length; index += 2) copy.set(replace(slots[index]), replace(slots[index + 1]));
    return copy;
  }
  if (object instanceof Set) return new Set(setSlots(object).map(replace));
  if (object instanceof ArrayBuffer) return object.slice(0);
  if (ArrayBuffer.isView(object)) return viewOnto(object, replace(object.buffer) as ArrayBuffer);
  const copy = copyProperties(object);
  for (const step of steps) {
    if (typeof step === 'string') defineOwn(copy, step, replace((copy as Record<string, unknown>)[step]));
  }
  return copy;
}

/** A plain one is copied as a whole: properties added one by one cost several times as much. */
function copyProperties(object: object): object {
  const prototype = Object.getPrototypeOf(object) as object | null;
  if (prototype === Object.prototype) return { ...object };
  const copy = Object.create(prototype) as object;
  for (const [key, value] of Object.entries(object)) defineOwn(copy, key, value);
  return copy;
}
