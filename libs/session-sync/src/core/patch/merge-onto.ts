import { writeText } from '../codec/write-text.js';
import { cloneGraph } from '../graph/clone-graph.js';
import { compareGraphs } from '../graph/compare-graphs.js';
import { compareTrees } from '../graph/compare-trees.js';
import { freezeGraph } from '../graph/freeze-graph.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { takeBenchmark } from '../graph/take-benchmark.js';
import { applyPatchToFrozen } from './apply-patch-to-frozen.js';
import { areApart } from './are-apart.js';
import { holdsNumber } from './holds.js';
import { isTree } from './is-tree.js';
import { mergeBothNew } from './merge-new.js';
import type { MergeOutcome } from './merge-outcome.js';
import { mergePatches } from './merge-patches.js';
import type { Patch } from './operation.js';

/** What a change comes to on another version. */
export type RebasedPatch =
  | { readonly ok: true; readonly patch: Patch }
  | { readonly ok: false; readonly conflicts: readonly string[] };

export interface MergeOptions extends GraphOptions {
  /**
   * Tells whether no object in a frozen value is held twice, where the caller knows sooner.
   * @default found out by a walk
   */
  readonly isFrozenTree?: (frozen: unknown) => boolean;
}

/**
 * Puts `ours`, a patch of `base`, onto `theirs`, another version of it; both are frozen. The answer is a patch of
 * `theirs`. Merges as `mergeThreeWay` does, but for one thing: equal changes by both sides agree only if there is no
 * number in them. A number may have been counted up by both, and taking it once would lose one of them.
 * @throws UnsupportedValueError
 */
export function mergeOnto(base: unknown, ours: Patch, theirs: unknown, options: MergeOptions = {}): RebasedPatch {
  const other = compareFrozen(base, theirs, options);
  if (other.length === 0 || areApart(ours, other)) return { ok: true, patch: ours };
  const { isFrozenTree = isTree } = options;
  const classes = classesOf(options);
  let areTrees: boolean | undefined;
  const textOf = (value: unknown): string => writeText(value, { classes, isSorted: true });
  const merged = mergePatches(ours, other, {
    base,
    classes,
    isEqual: (a, b) => !holdsNumber(a) && textOf(a) === textOf(b),
    mergeNew: (path, a, b) => {
      areTrees ??= isFrozenTree(theirs) && isTree(applied(base, ours, options));
      if (!areTrees) return undefined;
      return mergeBothNew(base, path, a, b, (empty, one, two) => mergeValues(empty, one, two, options));
    },
  });
  if (!merged.ok) return merged;
  return { ok: true, patch: compareFrozen(theirs, applied(base, merged.patch, options), options) };
}

function mergeValues(base: unknown, ours: unknown, theirs: unknown, options: GraphOptions): MergeOutcome {
  const [empty, other] = [base, theirs].map((value) => freezeGraph(cloneGraph(value, options), options));
  const rebased = mergeOnto(empty, compareGraphs(takeBenchmark(base, options), ours, options), other, options);
  return rebased.ok ? { ok: true, value: applyPatchToFrozen(other, rebased.patch, options) } : rebased;
}

/** By the difference alone where both are trees that share what didn't change. */
function compareFrozen(before: unknown, after: unknown, options: MergeOptions): Patch {
  const { isFrozenTree = isTree } = options;
  const simple = isFrozenTree(before) && isFrozenTree(after) ? compareTrees(before, after, options) : undefined;
  return simple ?? compareGraphs(takeBenchmark(before, { ...options, isChecked: true }), after, options);
}

function applied(frozen: unknown, patch: Patch, options: MergeOptions): unknown {
  const { isFrozenTree = isTree } = options;
  return applyPatchToFrozen(frozen, patch, { ...options, isTree: isFrozenTree(frozen) });
}
