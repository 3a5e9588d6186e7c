import type { GraphPath } from '../graph/graph-path.js';
import { identityOf } from '../graph/identifying-key.js';
import type { Conflicts } from './merge-outcome.js';
import type { EditOperation, Operation } from './operation.js';

/** What one side does to an array, by the positions of before. */
interface ArrayEdits {
  /** What happens to the element at a position; a splice that also inserts replaces. */
  readonly elements: Map<number, ElementEdit>;
  /** What is inserted before the element at a position. */
  readonly inserts: Map<number, readonly unknown[]>;
}

type ElementEdit = 'remove' | { readonly replacedBy: EditOperation };

/** Tells whether two values are equal, sharing and order included. */
export type IsEqual = (a: unknown, b: unknown) => boolean;

/**
 * Both sides' operations on one array as one list: edits of different elements add up; what both inserted at one place
 * is kept, theirs first; one element removed by both is removed; anything else on one element is a conflict.
 */
export function mergeArray(
  path: GraphPath,
  ours: readonly EditOperation[],
  theirs: readonly EditOperation[],
  conflicts: Conflicts,
  isEqual: IsEqual,
): Operation[] {
  const mine = editsOf(ours);
  const other = editsOf(theirs);
  leaveOutTwins(path, mine, other, conflicts, isEqual);
  const positions = new Set([
    ...mine.elements.keys(),
    ...other.elements.keys(),
    ...mine.inserts.keys(),
    ...other.inserts.keys(),
  ]);
  // From the back: positions stay those of before.
  return [...positions]
    .sort((a, b) => b - a)
    .flatMap((position) => {
      const edit = mergeElement(
        [...path, position],
        mine.elements.get(position),
        other.elements.get(position),
        conflicts,
        isEqual,
      );
      const items = joined(other.inserts.get(position) ?? [], mine.inserts.get(position) ?? []);
      return operationsAt(path, position, edit, items);
    });
}

function editsOf(operations: readonly EditOperation[]): ArrayEdits {
  const elements = new Map<number, ElementEdit>();
  const inserts = new Map<number, readonly unknown[]>();
  for (const operation of operations) {
    const last = 'path' in operation ? operation.path.at(-1) : undefined;
    if (operation.op === 'splice') {
      const edit = operation.items.length > 0 ? { replacedBy: operation } : 'remove';
      for (let index = 0; index < operation.remove; index++) elements.set(operation.index + index, edit);
      if (operation.items.length > 0) inserts.set(operation.index, operation.items);
    } else if (typeof last === 'number') elements.set(last, { replacedBy: operation });
  }
  return { elements, inserts };
}

function mergeElement(
  path: GraphPath,
  mine: ElementEdit | undefined,
  other: ElementEdit | undefined,
  conflicts: Conflicts,
  isEqual: IsEqual,
): ElementEdit | undefined {
  if (mine === undefined || other === undefined) return mine ?? other;
  if (mine === 'remove' && other === 'remove') return mine;
  if (mine !== 'remove' && other !== 'remove') {
    const [a, b] = [mine.replacedBy, other.replacedBy];
    if (a.op === 'set' && b.op === 'set' && isEqual(a.value, b.value)) return mine;
    if (a.op === 'delete' && b.op === 'delete') return mine;
  }
  conflicts.add(path);
  return mine;
}

function operationsAt(
  path: GraphPath,
  position: number,
  edit: ElementEdit | undefined,
  items: readonly unknown[],
): Operation[] {
  const isRemoved = edit === 'remove' || edit?.replacedBy.op === 'splice';
  const kept: Operation[] = edit === undefined || edit === 'remove' || isRemoved ? [] : [edit.replacedBy];
  if (!isRemoved && items.length === 0) return kept;
  return [...kept, { op: 'splice', path, index: position, remove: isRemoved ? 1 : 0, items }];
}

/**
 * An element with the same identifying property inserted by both sides is one element: once if equal, else a conflict.
 */
function leaveOutTwins(
  path: GraphPath,
  mine: ArrayEdits,
  other: ArrayEdits,
  conflicts: Conflicts,
  isEqual: IsEqual,
): void {
  const twins = new Map<string, unknown>();
  for (const items of other.inserts.values()) {
    for (const item of items) {
      const key = identityOf(item);
      if (key !== undefined) twins.set(key, item);
    }
  }
  for (const [position, items] of mine.inserts) {
    const left = items.filter((item) => {
      const key = identityOf(item);
      if (key === undefined || !twins.has(key)) return true;
      if (!isEqual(item, twins.get(key))) conflicts.add(path, `[${key}]`);
      return false;
    });
    if (left.length < items.length) mine.inserts.set(position, left);
  }
}

/** Concatenation that keeps holes. */
function joined(first: readonly unknown[], second: readonly unknown[]): readonly unknown[] {
  return first.concat(second);
}
