import type { GraphPath, PathStep } from '../graph/graph-path.js';
import { copyWith } from './copy-on-path.js';

/**
 * A copy of a frozen tree in which the objects at `paths`, and all on the way to them, can be changed; the rest is
 * shared. Undefined when a path takes a step whose part can't simply be put back (a key or an element by position).
 */
export function copyAlongPaths(root: object, paths: readonly GraphPath[]): object | undefined {
  const copies = new Set<object>();
  const copy = shallowCopy(root, copies);
  for (const path of paths) {
    let at = copy;
    for (const step of path) {
      const next = copyPart(at, step, copies);
      if (next === undefined) return undefined;
      at = next;
    }
  }
  return copy;
}

function shallowCopy(object: object, copies: Set<object>): object {
  const copy = copyWith(object, (part) => part);
  copies.add(copy);
  return copy;
}

/** The part of a copied object, itself copied; undefined when there is no object, or no way to put a copy there. */
function copyPart(holder: object, step: PathStep, copies: Set<object>): object | undefined {
  if (holder instanceof Map) {
    if (typeof step !== 'object' || !('key' in step)) return undefined;
    return replaced(holder.get(step.key), copies, (copy) => holder.set(step.key, copy));
  }
  const isElement = typeof step === 'number' && Array.isArray(holder);
  const isProperty = typeof step === 'string' && !Array.isArray(holder);
  if ((!isElement && !isProperty) || !Object.hasOwn(holder, step)) return undefined;
  // A copy's own parts are data: the frozen object was checked when it was frozen.
  const parts = holder as Record<string | number, unknown>;
  return replaced(parts[step], copies, (copy) => {
    parts[step] = copy;
  });
}

function replaced(part: unknown, copies: Set<object>, put: (copy: object) => void): object | undefined {
  if (typeof part !== 'object' || part === null) return undefined;
  if (copies.has(part)) return part;
  const copy = shallowCopy(part, copies);
  put(copy);
  return copy;
}
