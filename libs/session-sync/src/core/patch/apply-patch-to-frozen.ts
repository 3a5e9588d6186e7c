import { cloneGraph } from '../graph/clone-graph.js';
import { freezeGraph, freezeOne } from '../graph/freeze-graph.js';
import { freezeNew } from '../graph/freeze-new.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { isObject } from '../graph/is-object.js';
import { classify } from '../graph/value-kind.js';
import { applyPatch, applyStage, stagesOf } from './apply-patch.js';
import { changedPath } from './changed-path.js';
import { copyAlongPaths } from './copy-along-paths.js';
import { isTree } from './is-tree.js';
import type { EditOperation, Patch } from './operation.js';

/** What `applyPatchToFrozen` may be told. */
export interface FrozenOptions extends GraphOptions {
  /**
   * Whether no object of the frozen value is held twice, where the caller knows: then the patch costs the objects that
   * change and those that hold them.
   * @default found out by a walk of the whole value
   */
  readonly isTree?: boolean;
}

/**
 * The frozen value after `patch`; `frozen` (a result of `freezeGraph`) stays as it is. Where no object of it is held by
 * two others, the parts that nothing changed in are shared between the two values; else the result is all new.
 * @throws PatchMismatchError when `frozen` isn't the version the patch was made for
 *
 * @example
 * const frozen = freezeGraph({ cart: { qty: 1 }, address: { city: 'Graz' } });
 * const next = applyPatchToFrozen(frozen, [{ op: 'set', path: ['cart', 'qty'], value: 2 }]);
 * next.cart; // → { qty: 2 }
 * frozen.cart; // → { qty: 1 }
 * next.address === frozen.address; // → true
 */
export function applyPatchToFrozen<T>(frozen: T, patch: Patch, options: FrozenOptions = {}): T {
  if (patch.length === 0) return frozen;
  const [first = [], ...others] = stagesOf(patch);
  const after = applyToFrozen(frozen, first, options.isTree ?? isTree(frozen), options);
  return others.reduce((value, stage) => applyToFrozen(value, stage, isTree(value), options), after) as T;
}

function applyToFrozen(
  frozen: unknown,
  stage: readonly EditOperation[],
  isOfTree: boolean,
  options: GraphOptions,
): unknown {
  if (!isOfTree || !isObject(frozen)) {
    return freezeGraph(applyPatch(cloneGraph(frozen, options), stage, options), options);
  }
  const paths = stage.map(changedPath).filter((path) => path !== undefined);
  const classes = classesOf(options);
  const { root, copies } = copyAlongPaths(frozen, paths);
  const after = applyStage(root, stage, options);
  // Not by a walk of the result: it would look at each element of each array that was copied.
  for (const copy of copies) freezeOne(copy, classify(copy, classes).kind);
  freezeNew(after.brought, classes);
  return after.root;
}
