import type { ClassCatalog } from '../graph/class-catalog.js';
import { replacesRoot } from './changed-path.js';
import { type IsEqual, mergeArray } from './merge-array.js';
import { mergeEntries } from './merge-entries.js';
import { Conflicts } from './merge-outcome.js';
import { mergeBytes, type MergeNew, mergeParts } from './merge-parts.js';
import type { BytesOperation, EditOperation, Operation, Patch } from './operation.js';
import { PathResolver } from './resolve-path.js';
import { objectPath, pathKey, Side } from './side.js';

type MergedPatch =
  | { readonly ok: true; readonly patch: Patch }
  | { readonly ok: false; readonly conflicts: readonly string[] };

/** What merging has to know besides the two patches. */
export interface MergeContext {
  readonly base: unknown;
  readonly classes: ClassCatalog;
  readonly isEqual: IsEqual;
  readonly mergeNew: MergeNew;
}

/**
 * Two patches of one stage, both made by `compareGraphs` of one benchmark, as one patch of it. All paths name objects as
 * they were in the base, so operations of different objects simply add up.
 */
export function mergePatches(ours: Patch, theirs: Patch, context: MergeContext): MergedPatch {
  const conflicts = new Conflicts();
  const resolver = new PathResolver(context.base);
  const mine = new Side(ours, context.classes, resolver);
  const other = new Side(theirs, context.classes, resolver);
  findDropped(mine, other, conflicts);
  findDropped(other, mine, conflicts);
  const relocated = new Set(other.relocated);
  for (const key of mine.relocated) if (relocated.has(key)) conflicts.add([], key);
  const patch: Operation[] = [];
  for (const key of new Set([...other.edits.keys(), ...mine.edits.keys()])) {
    const [before, after] = [other.edits.get(key) ?? [], mine.edits.get(key) ?? []];
    for (const operation of mergeObject(after, before, resolver, conflicts, context)) patch.push(operation);
  }
  return conflicts.paths.length === 0 ? { ok: true, patch } : { ok: false, conflicts: conflicts.paths };
}

/** A change inside of something that the other side took away would be lost silently. */
function findDropped(side: Side, other: Side, conflicts: Conflicts): void {
  for (const [operation] of side.edits.values()) {
    if (operation === undefined) continue;
    const path = objectPath(operation);
    for (let length = replacesRoot(operation) ? 1 : 0; length <= path.length; length++) {
      if (other.drops(path.slice(0, length))) conflicts.add(path.slice(0, length));
    }
  }
}

function mergeObject(
  ours: readonly EditOperation[],
  theirs: readonly EditOperation[],
  resolver: PathResolver,
  conflicts: Conflicts,
  { isEqual, mergeNew }: MergeContext,
): readonly Operation[] {
  const [first] = ours;
  if (first === undefined || theirs.length === 0) return first === undefined ? theirs : ours;
  const path = objectPath(first);
  const [mine, other] = [ours.filter(isAboutBytes), theirs.filter(isAboutBytes)];
  if (mine.length > 0 || other.length > 0) return mergeBytes(mine, other, conflicts);
  const all = [...ours, ...theirs];
  const collection = all.some(replacesRoot) ? undefined : resolver.objectAt(path);
  if (Array.isArray(collection)) return mergeArray(path, ours, theirs, conflicts, isEqual);
  const isReordered = all.some(({ op }) => op === 'splice');
  if (!isReordered || !(collection instanceof Map || collection instanceof Set)) {
    return mergeParts(ours, theirs, conflicts, isEqual, mergeNew);
  }
  // Equal lists are one change, new objects in it included.
  if (isEqual(ours.map(contentOf), theirs.map(contentOf))) return theirs;
  return mergeEntries(ours, theirs, { path, collection, resolver, conflicts, isEqual, mergeNew });
}

/** Positions as text: they aren't numbers that both sides may have counted up. */
function contentOf(operation: EditOperation): unknown {
  const path = pathKey(operation.path);
  if (operation.op !== 'splice') return { ...operation, path };
  const { op, index, remove, items } = operation;
  return { op, at: `${path} ${index} ${remove}`, items };
}

function isAboutBytes(operation: EditOperation): operation is BytesOperation {
  return operation.op === 'bytes';
}
