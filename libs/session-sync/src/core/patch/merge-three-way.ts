import { writeText } from '../codec/write-text.js';
import { takeBenchmark } from '../graph/take-benchmark.js';
import { cloneGraph } from '../graph/clone-graph.js';
import { compareGraphs } from '../graph/compare-graphs.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { applyPatch } from './apply-patch.js';
import { mergePatches } from './merge-patches.js';
import type { MergeOutcome } from './merge-outcome.js';
import { mergeBothNew, type MergeValues } from './merge-new.js';
import type { MergeNew } from './merge-parts.js';

/**
 * The value with the changes of both sides since `base`. Changes of different properties, elements, Map keys and Set
 * elements add up; the same change on both sides counts once; what both insert at one place of an array is kept, theirs
 * first. A Map or Set that one side reorders takes the other's changes too: theirs' order, with what ours moved where
 * ours has it. Objects in arrays are told apart by a unique `id`, `_id`, `key`, `sku` or `uuid`, if all have it. What
 * can't be merged (the same part changed differently, a part changed inside and removed) is a conflict. The value shares
 * nothing with any of the three. `base` may be undefined: the attribute didn't exist.
 * @throws UnsupportedValueError
 *
 * @example
 * const base = { lines: [{ sku: 'tea', qty: 1 }], note: '' };
 * const ours = { lines: [{ sku: 'tea', qty: 2 }], note: '' };
 * const theirs = { lines: [{ sku: 'tea', qty: 1 }, { sku: 'cup', qty: 1 }], note: 'gift' };
 * mergeThreeWay(base, ours, theirs); // → { ok: true, value: { lines: [{ sku: 'tea', qty: 2 }, { sku: 'cup', qty: 1 }], note: 'gift' } }
 * mergeThreeWay({ qty: 1 }, { qty: 2 }, { qty: 3 }); // → { ok: false, conflicts: ['.qty'] }
 */
export function mergeThreeWay(base: unknown, ours: unknown, theirs: unknown, options: GraphOptions = {}): MergeOutcome {
  const benchmark = takeBenchmark(base, options);
  const mine = compareGraphs(benchmark, ours, options);
  if (mine.length === 0) return { ok: true, value: cloneGraph(theirs, options) };
  const other = compareGraphs(benchmark, theirs, options);
  if (other.length === 0) return { ok: true, value: cloneGraph(ours, options) };
  const classes = classesOf(options);
  const isEqual = (a: unknown, b: unknown): boolean =>
    writeText(a, { classes, isSorted: true }) === writeText(b, { classes, isSorted: true });
  if (isEqual(ours, theirs)) return { ok: true, value: cloneGraph(theirs, options) };
  const merge: MergeValues = (empty, a, b) => mergeThreeWay(empty, a, b, options);
  const hasSharing = takeBenchmark(ours, options).hasSharing || takeBenchmark(theirs, options).hasSharing;
  const mergeNew: MergeNew = (path, a, b) => (hasSharing ? undefined : mergeBothNew(base, path, a, b, merge));
  const merged = mergePatches(mine, other, { base, classes, isEqual, mergeNew });
  return merged.ok ? { ok: true, value: applyPatch(cloneGraph(base, options), merged.patch, options) } : merged;
}
