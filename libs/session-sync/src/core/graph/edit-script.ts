/** A stretch of the old list that a stretch of the new one takes the place of. */
export interface Hunk {
  readonly from: number;
  readonly remove: number;
  /** First new element, and how many. */
  readonly at: number;
  readonly insert: number;
}

type IsSame = (before: unknown, after: unknown) => boolean;

/** Edits beyond which a list counts as rewritten: finding a short script costs their square. */
const MAX_EDITS = 128;

/**
 * What to do to `before` to get `after`, in ascending order, what is the same at both ends left out. The shortest
 * script for up to 128 edits (Myers' algorithm), else one hunk.
 */
export function editScript(before: readonly unknown[], after: readonly unknown[], isSame: IsSame): Hunk[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && isSame(before[start], after[start])) start++;
  let end = 0;
  while (end < shorter - start && isSame(before[before.length - 1 - end], after[after.length - 1 - end])) end++;
  const remove = before.length - start - end;
  const insert = after.length - start - end;
  if (remove === 0 && insert === 0) return [];
  if (remove === 0 || insert === 0) return [{ from: start, remove, at: start, insert }];
  const trace = searchScript(remove, insert, (x, y) => isSame(before[start + x], after[start + y]));
  if (trace === undefined) return [{ from: start, remove, at: start, insert }];
  return readScript(trace, remove, insert).map((hunk) => ({ ...hunk, from: hunk.from + start, at: hunk.at + start }));
}

/** For each number of edits, how far each diagonal reaches. Diagonal k is at index k + number of edits. */
type Trace = readonly Int32Array[];

function searchScript(width: number, height: number, isSame: (x: number, y: number) => boolean): Trace | undefined {
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= Math.min(MAX_EDITS, width + height); edits++) {
    const reach = new Int32Array(2 * edits + 1).fill(-1);
    trace.push(reach);
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = furthestStart(trace, edits, diagonal);
      let y = x - diagonal;
      if (x > width || y > height) continue;
      while (x < width && y < height && isSame(x, y)) {
        x++;
        y++;
      }
      reach[diagonal + edits] = x;
      if (x === width && y === height) return trace;
    }
  }
  return undefined;
}

function reachOf(trace: Trace, edits: number, diagonal: number): number {
  return trace[edits]?.[diagonal + edits] ?? -1;
}

/** Where diagonal `diagonal` begins after one more edit: below the one to its right, or right of the one to its left. */
function furthestStart(trace: Trace, edits: number, diagonal: number): number {
  if (edits === 0) return 0;
  const inserted = reachOf(trace, edits - 1, diagonal + 1);
  const before = reachOf(trace, edits - 1, diagonal - 1);
  const removed = before === -1 ? -1 : before + 1;
  // Unreached diagonals lie outside of the grid; they must not win by arithmetic.
  return Math.max(inserted, removed, inserted === -1 && removed === -1 ? Number.MAX_SAFE_INTEGER : -1);
}

function readScript(trace: Trace, width: number, height: number): Hunk[] {
  const hunks: Hunk[] = [];
  let x = width;
  let y = height;
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const diagonal = x - y;
    const inserted = reachOf(trace, edits - 1, diagonal + 1);
    const before = reachOf(trace, edits - 1, diagonal - 1);
    const isInsertion = before === -1 || inserted > before;
    const from = isInsertion ? inserted : before;
    const at = from - (isInsertion ? diagonal + 1 : diagonal - 1);
    const last = hunks.at(-1);
    const edit = { from, remove: isInsertion ? 0 : 1, at, insert: isInsertion ? 1 : 0 };
    if (last !== undefined && last.from === edit.from + edit.remove && last.at === edit.at + edit.insert) {
      hunks.pop();
      hunks.push({ ...edit, remove: edit.remove + last.remove, insert: edit.insert + last.insert });
    } else hunks.push(edit);
    x = from;
    y = at;
  }
  return hunks.reverse();
}
