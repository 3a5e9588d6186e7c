import type { GraphPath } from '../graph/graph-path.js';
import { isObject } from '../graph/is-object.js';
import { holdsReferences } from './holds.js';
import type { MergeOutcome } from './merge-outcome.js';
import { PathResolver } from './resolve-path.js';

export type MergeValues = (base: unknown, ours: unknown, theirs: unknown) => MergeOutcome;

/** Where nothing was before, what both sides made is merged as if an empty one had been there. */
export function mergeBothNew(
  base: unknown,
  path: GraphPath,
  ours: unknown,
  theirs: unknown,
  merge: MergeValues,
): { readonly value: unknown } | undefined {
  const empty = emptyLike(ours);
  if (empty === undefined || Object.getPrototypeOf(empty) !== Object.getPrototypeOf(theirs ?? 0)) return undefined;
  if (!isNothing(base, path) || holdsReferences(ours) || holdsReferences(theirs)) return undefined;
  const merged = merge(empty, ours, theirs);
  return merged.ok ? { value: merged.value } : undefined;
}

/** An empty value of the same kind: plain object, array, Map or Set; undefined for any other value. */
function emptyLike(value: unknown): object | undefined {
  if (!isObject(value)) return undefined;
  if (Array.isArray(value)) return [];
  if (value instanceof Map) return new Map();
  if (value instanceof Set) return new Set();
  return Object.getPrototypeOf(value) === Object.prototype ? {} : undefined;
}

/** Whether there was nothing, undefined or null at `path`. */
function isNothing(root: unknown, path: GraphPath): boolean {
  const value = path.length === 0 ? root : new PathResolver(root).partAt(path);
  return value === undefined || value === null;
}
