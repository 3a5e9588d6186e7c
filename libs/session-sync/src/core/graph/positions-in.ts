/**
 * For each of `names`, its position in `recorded` or -1. Nearly always both are the same list, which costs one pass.
 */
export function positionsIn(recorded: readonly string[], names: readonly string[]): Int32Array {
  const positions = new Int32Array(names.length);
  let indexes: Map<string, number> | undefined;
  for (let index = 0; index < names.length; index++) {
    const name = names[index];
    if (name === recorded[index]) {
      positions[index] = index;
      continue;
    }
    indexes ??= new Map(recorded.map((known, at) => [known, at]));
    positions[index] = indexes.get(name ?? '') ?? -1;
  }
  return positions;
}
