import type { Operation } from '../patch/operation.js';
import type { NodeDiff } from './node-diff.js';

/** Equal bytes between two changes that are cheaper to send again than to begin another operation for. */
const MIN_GAP = 32;

/** The operations that overwrite what changed in a buffer of the same size. */
export function diffBytes(diff: Pick<NodeDiff, 'path'>, before: Uint8Array, buffer: ArrayBuffer): Operation[] {
  const after = new Uint8Array(buffer);
  const operations: Operation[] = [];
  for (let index = 0; index < after.length; index++) {
    if (before[index] === after[index]) continue;
    const end = endOfChange(before, after, index);
    operations.push({ op: 'bytes', path: diff.path, offset: index, bytes: after.slice(index, end) });
    index = end;
  }
  return operations;
}

function endOfChange(before: Uint8Array, after: Uint8Array, start: number): number {
  let end = start + 1;
  for (let index = end; index < after.length && index < end + MIN_GAP; index++) {
    if (before[index] !== after[index]) end = index + 1;
  }
  return end;
}
