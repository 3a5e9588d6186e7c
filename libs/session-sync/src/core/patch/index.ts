export { applyPatchToFrozen, type FrozenOptions } from './apply-patch-to-frozen.js';
export { applyPatch } from './apply-patch.js';
export { ObjectAt } from './object-at.js';
export { ViewAt } from './view-at.js';
export type {
  AddOperation,
  BytesOperation,
  DeleteOperation,
  Operation,
  Patch,
  SetOperation,
  SpliceOperation,
  ThenOperation,
} from './operation.js';
export { PatchMismatchError } from '../errors/index.js';
export { composePatches } from './compose-patches.js';
export { invertPatch } from './invert-patch.js';
export type { MergeOutcome } from './merge-outcome.js';
export { AddWinsSet, Counter, type MergePolicy } from './merge-policy.js';
export { isTree } from './is-tree.js';
export { keepsTree } from './keeps-tree.js';
export { mergeOnto, type MergeOptions, type RebasedPatch } from './merge-onto.js';
export { mergeThreeWay } from './merge-three-way.js';
export { patchSize } from './patch-size.js';
export { toJsonPatch, type JsonPatchOperation } from './to-json-patch.js';
