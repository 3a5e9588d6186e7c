import type { GraphPath } from '../graph/graph-path.js';
import { isPrimitiveKey } from '../graph/slot-step.js';
import { entriesAfter, entriesBefore, meaningOf, type Collection, type Entries, type Entry } from './entries.js';
import type { IsEqual } from './merge-array.js';
import { mergeOrder } from './merge-order.js';
import type { Conflicts } from './merge-outcome.js';
import type { MergeNew } from './merge-parts.js';
import type { EditOperation, Operation } from './operation.js';
import type { PathResolver } from './resolve-path.js';

/** What merging the entries of one collection has to know. */
export interface EntriesContext {
  readonly path: GraphPath;
  readonly collection: Collection;
  readonly resolver: PathResolver;
  readonly conflicts: Conflicts;
  readonly isEqual: IsEqual;
  readonly mergeNew: MergeNew;
}

/**
 * Both sides' operations on one Map or Set of which at least one changes the order: key by key, then the order
 * (`mergeOrder`). A key that only moved is as it was, so it may be given another value or be removed by the other side.
 */
export function mergeEntries(
  ours: readonly EditOperation[],
  theirs: readonly EditOperation[],
  context: EntriesContext,
): Operation[] {
  const { path, collection, resolver } = context;
  const isMap = collection instanceof Map;
  const before = entriesBefore(path, collection);
  const mine = entriesAfter(before, ours, isMap, resolver);
  const other = entriesAfter(before, theirs, isMap, resolver);
  const merged: Entries = new Map();
  for (const key of new Set([...mine.keys(), ...other.keys()])) {
    const entry = mergeEntry(key, [before.get(key), mine.get(key), other.get(key)], context);
    if (entry !== undefined) merged.set(key, entry);
  }
  const items: unknown[] = [];
  for (const key of mergeOrder(keysOf(before), keysOf(mine), keysOf(other))) {
    const entry = merged.get(key);
    if (entry === undefined) continue;
    items.push(entry.key);
    if (isMap) items.push(entry.value);
  }
  return [{ op: 'splice', path, index: 0, remove: collection.size, items }];
}

function keysOf(entries: Entries): ReadonlySet<unknown> {
  return new Set(entries.keys());
}

/** The entry with the changes of both sides; undefined when it is gone. */
function mergeEntry(
  key: unknown,
  [before, ours, theirs]: readonly [Entry | undefined, Entry | undefined, Entry | undefined],
  context: EntriesContext,
): Entry | undefined {
  if (isSameEntry(before, ours, context)) return theirs;
  if (isSameEntry(before, theirs, context)) return ours;
  const { path, conflicts, isEqual, mergeNew } = context;
  const place: GraphPath = isPrimitiveKey(key) ? [...path, { key }] : path;
  if (ours !== undefined && theirs !== undefined) {
    if (isEqual(ours.value, theirs.value)) return theirs;
    const merged = isPrimitiveKey(key) ? mergeNew(place, ours.value, theirs.value) : undefined;
    if (merged !== undefined) return { ...theirs, value: merged.value };
  }
  conflicts.add(place);
  return theirs;
}

function isSameEntry(one: Entry | undefined, two: Entry | undefined, { resolver }: EntriesContext): boolean {
  if (one === undefined || two === undefined) return one === two;
  return Object.is(meaningOf(one.value, resolver), meaningOf(two.value, resolver));
}
