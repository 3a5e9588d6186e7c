import { cloneGraph } from '../graph/clone-graph.js';
import { compareGraphs } from '../graph/compare-graphs.js';
import type { GraphOptions } from '../graph/graph-options.js';
import { takeBenchmark } from '../graph/take-benchmark.js';
import { applyPatch } from './apply-patch.js';
import type { Patch } from './operation.js';

/**
 * The patch that undoes `patch`: applied to what `patch` makes of `before`, it leads back to `before`. Costs about as
 * much as comparing the two.
 * @throws PatchMismatchError when `before` isn't the version `patch` was made for
 *
 * @example
 * const before = { qty: 1, note: 'gift' };
 * const patch: Patch = [{ op: 'set', path: ['qty'], value: 2 }, { op: 'delete', path: ['note'] }];
 * const undo = invertPatch(patch, before);
 * const after = applyPatch(cloneGraph(before), patch); // → { qty: 2 }
 * applyPatch(after, undo); // → { qty: 1, note: 'gift' }
 */
export function invertPatch(patch: Patch, before: unknown, options: GraphOptions = {}): Patch {
  const after = applyPatch(cloneGraph(before, options), patch, options);
  return compareGraphs(takeBenchmark(after, options), before, options);
}
