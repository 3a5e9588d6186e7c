import type { Operation } from '../patch/operation.js';
import type { NodeDiff } from './node-diff.js';
import { editScript, type Hunk } from './edit-script.js';
import { HOLE } from './own-data.js';

/** Replacing up to this many neighbouring elements is said one by one: it merges better with other edits. */
const MAX_SINGLE_SETS = 4;

/** The operations that turn one array into the other: from the back, so that positions are those of before. */
export function diffArray(diff: NodeDiff): Operation[] {
  const script = editScript(diff.before, diff.after, diff.isSame);
  return script.reverse().flatMap((hunk) => operationsOf(diff, hunk));
}

function operationsOf(diff: NodeDiff, hunk: Hunk): Operation[] {
  const { before, after } = diff;
  if (hunk.remove === hunk.insert) {
    const changed: number[] = [];
    for (let index = 0; index < hunk.insert; index++) {
      if (!diff.isSame(before[hunk.from + index], after[hunk.at + index])) changed.push(index);
    }
    if (changed.length <= Math.max(MAX_SINGLE_SETS, hunk.insert / 4)) {
      return changed.map((index) => setElement(diff, hunk.from + index, after[hunk.at + index]));
    }
  }
  const items: unknown[] = [];
  for (let index = 0; index < hunk.insert; index++) {
    const part = after[hunk.at + index];
    if (part === HOLE) items.length++;
    else items.push(diff.capture(part));
  }
  return [{ op: 'splice', path: diff.path, index: hunk.from, remove: hunk.remove, items }];
}

function setElement({ path, capture }: NodeDiff, index: number, part: unknown): Operation {
  return part === HOLE
    ? { op: 'delete', path: [...path, index] }
    : { op: 'set', path: [...path, index], value: capture(part) };
}
