import type { GraphPath } from '../graph/graph-path.js';
import { isPrimitiveKey } from '../graph/slot-step.js';
import type { IsEqual } from './merge-array.js';
import type { Conflicts } from './merge-outcome.js';
import { ObjectAt } from './object-at.js';
import type { BytesOperation, EditOperation, Operation } from './operation.js';
import { pathKey } from './side.js';

/** Merges what both sides made of one part into a value; undefined = they can't be merged. */
export type MergeNew = (path: GraphPath, ours: unknown, theirs: unknown) => { readonly value: unknown } | undefined;

/** Both sides' operations on the properties of one object, or on one Map or Set: by name or key. */
export function mergeParts(
  ours: readonly EditOperation[],
  theirs: readonly EditOperation[],
  conflicts: Conflicts,
  isEqual: IsEqual,
  mergeNew: MergeNew,
): Operation[] {
  const merged = new Map<string, Operation>(theirs.map((operation, index) => [partKey(operation, index), operation]));
  for (const [index, operation] of ours.entries()) {
    const key = partKey(operation, theirs.length + index);
    const other = merged.get(key);
    merged.set(key, other === undefined ? operation : mergePart(operation, other, conflicts, isEqual, mergeNew));
  }
  return [...merged.values()];
}

function mergePart(
  ours: EditOperation,
  theirs: Operation,
  conflicts: Conflicts,
  isEqual: IsEqual,
  mergeNew: MergeNew,
): Operation {
  if (ours.op === 'set' && theirs.op === 'set') {
    if (isEqual(ours.value, theirs.value)) return theirs;
    const merged = mergeNew(ours.path, ours.value, theirs.value);
    if (merged !== undefined) return { ...ours, value: merged.value };
  } else if (ours.op === theirs.op && ours.op !== 'bytes') return theirs;
  conflicts.add(ours.path);
  return theirs;
}

/** `index` keeps new objects apart: two of them are two elements of a Set, however equal. */
function partKey(operation: EditOperation, index: number): string {
  if (operation.op !== 'add') return pathKey(operation.path);
  const { path, value } = operation;
  if (value instanceof ObjectAt) return `${pathKey(path)} of ${pathKey(value.path)}`;
  return pathKey([...path, isPrimitiveKey(value) ? { key: value } : { valueAt: index }]);
}

/** Both sides' operations on one buffer. */
export function mergeBytes(
  ours: readonly BytesOperation[],
  theirs: readonly BytesOperation[],
  conflicts: Conflicts,
): Operation[] {
  for (const mine of ours) {
    const end = mine.offset + mine.bytes.length;
    for (const other of theirs) {
      if (other.offset < end && mine.offset < other.offset + other.bytes.length)
        conflicts.add(mine.path, `[${mine.offset}]`);
    }
  }
  return [...theirs, ...ours];
}
