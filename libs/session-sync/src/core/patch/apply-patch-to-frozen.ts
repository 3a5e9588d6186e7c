import { cloneGraph } from '../graph/clone-graph.js';
import { freezeGraph, freezeRest } from '../graph/freeze-graph.js';
import { freezeNew } from '../graph/freeze-new.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { applyPatch, changedPath, objectOf, stagesOf } from './apply-patch.js';
import { copyAlongPaths } from './copy-along-paths.js';
import { copyOnPath, holdersIn } from './copy-on-path.js';
import type { Patch } from './operation.js';
import { PathResolver } from './resolve-path.js';

/**
 * The frozen value after `patch`; `frozen` (a result of `freezeGraph`) stays as it is. Where no object of it is held by
 * two others, the parts that nothing changed in are shared between the two values; else the result is all new.
 * @throws PatchMismatchError when `frozen` isn't the version the patch was made for
 */
export function applyPatchToFrozen<T>(frozen: T, patch: Patch, options: GraphOptions = {}): T {
  if (patch.length === 0) return frozen;
  return stagesOf(patch).reduce<unknown>((value, stage) => applyStageToFrozen(value, stage, options), frozen) as T;
}

/**
 * As `applyPatchToFrozen`, for a value in which no object is held twice: costs the objects that change and those that
 * hold them. Whether the result is such a value again, `keepsTree` tells.
 * @throws PatchMismatchError
 */
export function applyPatchToTree<T>(frozen: T, patch: Patch, options: GraphOptions = {}): T {
  return stagesOf(patch).reduce<unknown>((value, stage) => applyStageToTree(value, stage, options), frozen) as T;
}

function applyStageToTree(frozen: unknown, stage: Patch, options: GraphOptions): unknown {
  const paths = stage.map(changedPath);
  const isPartly = typeof frozen === 'object' && frozen !== null && !paths.includes(undefined);
  const copy = isPartly
    ? copyAlongPaths(
        frozen,
        paths.filter((path) => path !== undefined),
      )
    : undefined;
  if (copy === undefined) return applyStageToFrozen(frozen, stage, options);
  return freezeNew(applyPatch<unknown>(copy, stage, options), classesOf(options));
}

function applyStageToFrozen(frozen: unknown, stage: Patch, options: GraphOptions): unknown {
  const holders = typeof frozen === 'object' && frozen !== null ? holdersIn(frozen) : undefined;
  if (holders === undefined || typeof frozen !== 'object' || frozen === null) {
    return freezeGraph(applyPatch(cloneGraph(frozen, options), stage, options), options);
  }
  const resolver = new PathResolver(frozen);
  // Not flatMap: an array that changes would be taken for a list of what changes.
  const changing = stage.map((operation) => objectOf(operation, resolver)).filter((object) => object !== undefined);
  const copy = copyOnPath(frozen, changing, holders);
  return freezeRest(applyPatch<unknown>(copy, stage, options), (object) => holders.has(object), options);
}
