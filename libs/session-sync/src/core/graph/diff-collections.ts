import type { Operation } from '../patch/operation.js';
import type { NodeDiff } from './node-diff.js';
import { isPrimitiveKey } from './slot-step.js';

/** Positions of keys (of a Map) or elements (of a Set) by what the benchmark's slots hold. */
type Positions = ReadonlyMap<unknown, number>;

/** What happened to the keys: those that stayed kept their order and the new ones came after them, or not. */
interface KeyChange {
  readonly isSimple: boolean;
  readonly removed: readonly unknown[];
  /** First position of a new key in the new version. */
  readonly added: number;
}

export function diffMap(diff: NodeDiff): Operation[] {
  const before = positionsOf(diff.before, 2);
  const change = changeOf(diff, before, 2);
  if (!change.isSimple) return [spliceAll(diff, 2)];
  const operations: Operation[] = [];
  const { after } = diff;
  for (let index = 0; index < change.added * 2; index += 2) {
    const key = diff.recordedOf(after[index]);
    const position = before.get(key) ?? 0;
    if (diff.isSame(diff.before[position * 2 + 1], after[index + 1])) continue;
    const step = isPrimitiveKey(key) ? { key } : { valueAt: position };
    operations.push({ op: 'set', path: [...diff.path, step], value: diff.capture(after[index + 1]) });
  }
  for (const deletion of deletions(diff, change)) operations.push(deletion);
  const added = after.slice(change.added * 2);
  if (added.every((part, index) => index % 2 === 1 || isPrimitiveKey(part))) {
    for (let index = 0; index < added.length; index += 2) {
      const key = added[index];
      if (isPrimitiveKey(key))
        operations.push({ op: 'set', path: [...diff.path, { key }], value: diff.capture(added[index + 1]) });
    }
    return operations;
  }
  const items = added.map((part) => diff.capture(part));
  return [...operations, { op: 'splice', path: diff.path, index: change.added, remove: 0, items }];
}

export function diffSet(diff: NodeDiff): Operation[] {
  const change = changeOf(diff, positionsOf(diff.before, 1), 1);
  if (!change.isSimple) return [spliceAll(diff, 1)];
  const added = diff.after.slice(change.added);
  return [
    ...deletions(diff, change),
    ...added.map((part): Operation => ({ op: 'add', path: diff.path, value: diff.capture(part) })),
  ];
}

function positionsOf(slots: readonly unknown[], width: number): Positions {
  const positions = new Map<unknown, number>();
  for (let index = 0; index < slots.length; index += width) positions.set(slots[index], index / width);
  return positions;
}

function changeOf(diff: NodeDiff, before: Positions, width: number): KeyChange {
  const gone = new Map(before);
  const size = diff.after.length / width;
  let last = -1;
  let added = size;
  let isSimple = true;
  for (let position = 0; position < size; position++) {
    const key = diff.recordedOf(diff.after[position * width]);
    const was = before.get(key);
    if (was === undefined) added = Math.min(added, position);
    else if (was < last || position > added) isSimple = false;
    else {
      last = was;
      gone.delete(key);
    }
  }
  const removed = [...gone.keys()];
  return { isSimple: isSimple && removed.every(isPrimitiveKey), removed, added };
}

function deletions(diff: NodeDiff, { removed }: KeyChange): Operation[] {
  return removed.flatMap((key): Operation[] =>
    isPrimitiveKey(key) ? [{ op: 'delete', path: [...diff.path, { key }] }] : [],
  );
}

/** One splice of everything between the ends that stayed as they were. */
function spliceAll(diff: NodeDiff, width: number): Operation {
  const { before, after, path } = diff;
  const isSameEntry = (from: number, at: number): boolean => {
    for (let part = 0; part < width; part++) if (!diff.isSame(before[from + part], after[at + part])) return false;
    return true;
  };
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSameEntry(start, start)) start += width;
  let end = 0;
  while (end < shorter - start && isSameEntry(before.length - end - width, after.length - end - width)) end += width;
  return {
    op: 'splice',
    path,
    index: start / width,
    remove: (before.length - start - end) / width,
    items: after.slice(start, after.length - end).map((part) => diff.capture(part)),
  };
}
