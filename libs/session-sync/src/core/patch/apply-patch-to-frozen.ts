import { cloneGraph } from '../graph/clone-graph.js';
import { freezeGraph } from '../graph/freeze-graph.js';
import type { GraphOptions } from '../graph/graph-options.js';
import { applyPatch } from './apply-patch.js';
import type { Patch } from './operation.js';

/**
 * The frozen value after `patch`; `frozen` (a result of `freezeGraph`) stays as it is, and parts that nothing changed in
 * are shared with it.
 * @throws PatchMismatchError when `frozen` isn't the version the patch was made for
 */
export function applyPatchToFrozen<T>(frozen: T, patch: Patch, options: GraphOptions = {}): T {
  if (patch.length === 0) return frozen;
  return freezeGraph(applyPatch(cloneGraph(frozen, options), patch, options), options);
}
