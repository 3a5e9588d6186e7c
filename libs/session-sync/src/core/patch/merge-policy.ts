/** Decides a whole attribute when two units changed the same part of it at the same time. */
export interface MergePolicy<T = unknown> {
  /** Shown in errors and statistics. */
  readonly name: string;
  /**
   * The value that takes both changes into account. `base` is what both started from (the default, if nothing was
   * stored), `ours` what this unit made of it, `theirs` what was stored meanwhile. None of them may be changed; an
   * error thrown here fails the commit.
   */
  merge(base: T, ours: T, theirs: T): T;
}

/**
 * For numbers that are added to: both sums count. Anything but a number counts as 0.
 *
 * @example
 * Counter.merge(5, 7, 10); // → 12
 */
export const Counter: MergePolicy<number> = {
  name: 'Counter',
  merge: (base, ours, theirs) => numberOf(theirs) + (numberOf(ours) - numberOf(base)),
};

function numberOf(value: unknown): number {
  return typeof value === 'number' ? value : 0;
}

/**
 * For Sets: what either side added stays, also when the other one removed it; what one removed and the other left alone
 * goes. Elements are compared as a Set does: objects by identity, so use it for primitives.
 *
 * @example
 * AddWinsSet.merge(new Set(['a', 'b']), new Set(['a', 'c']), new Set(['b'])); // → new Set(['c'])
 */
export const AddWinsSet: MergePolicy<ReadonlySet<unknown>> = {
  name: 'AddWinsSet',
  merge: (base, ours, theirs) => {
    const [before, mine, other] = [elementsOf(base), elementsOf(ours), elementsOf(theirs)];
    const merged = new Set([...other].filter((element) => mine.has(element) || !before.has(element)));
    for (const element of mine) if (!before.has(element)) merged.add(element);
    return merged;
  },
};

function elementsOf(value: unknown): ReadonlySet<unknown> {
  return value instanceof Set ? value : new Set();
}
