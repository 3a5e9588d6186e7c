/**
 * The order of keys that two sides put into orders of their own: theirs, with what ours moved or added where ours put
 * it, behind the same neighbour or at the end. So of two keys that were put to the end, each by one side, both are there.
 */
export function mergeOrder(
  before: ReadonlySet<unknown>,
  ours: ReadonlySet<unknown>,
  theirs: ReadonlySet<unknown>,
): unknown[] {
  const mine = [...ours];
  const steady = inOrder(before, mine);
  // What both added stays where theirs has it.
  const isPlaced = (key: unknown): boolean => !steady.has(key) && (before.has(key) || !theirs.has(key));
  let end = mine.length;
  while (end > 0 && isPlaced(mine[end - 1])) end--;
  const first: unknown[] = [];
  const behind = new Map<unknown, unknown[]>();
  let followers = first;
  for (const key of mine.slice(0, end)) {
    if (isPlaced(key)) followers.push(key);
    else if (theirs.has(key)) behind.set(key, (followers = []));
  }
  const placed = new Set(mine.filter(isPlaced));
  const kept = [...theirs].filter((key) => !placed.has(key));
  return [...first, ...kept.flatMap((key) => [key, ...(behind.get(key) ?? [])]), ...mine.slice(end)];
}

/** The most of `keys` that are in the order of `before`: the others have moved, or are new. */
function inOrder(before: ReadonlySet<unknown>, keys: readonly unknown[]): ReadonlySet<unknown> {
  const positions = new Map([...before].map((key, position) => [key, position]));
  const known = keys.filter((key) => positions.has(key));
  const ranks = known.map((key) => positions.get(key) ?? 0);
  // For each length, the index of the lowest rank that a run of that length can end with.
  const ends: number[] = [];
  const previous: number[] = [];
  for (const [index, rank] of ranks.entries()) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ranks[ends[middle] ?? 0] ?? 0) < rank) low = middle + 1;
      else high = middle;
    }
    previous.push(low === 0 ? -1 : (ends[low - 1] ?? -1));
    ends[low] = index;
  }
  const run = new Set<unknown>();
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] ?? -1) run.add(known[at]);
  return run;
}
