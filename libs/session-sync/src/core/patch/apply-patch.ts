import type { GraphPath } from '../graph/graph-path.js';
import { GraphCopier } from '../graph/graph-copier.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { withPaths } from '../graph/with-paths.js';
import { ObjectAt } from './object-at.js';
import type { Operation, Patch } from './operation.js';
import { PathResolver } from './resolve-path.js';
import { runOperation, type ReadyOperation } from './run-operation.js';

/**
 * Changes `target` in place by `patch` and answers the changed target: `target` itself, unless the patch replaces the
 * root. The result shares no object with the patch.
 * @throws PatchMismatchError when `target` isn't the version the patch was made for; `target` may then be half changed
 */
export function applyPatch<T>(target: T, patch: Patch, options: GraphOptions = {}): T {
  let root: unknown = target;
  for (const stage of stagesOf(patch)) root = applyStage(root, stage, options);
  return root as T;
}

/** The operations of each stage. */
export function stagesOf(patch: Patch): Exclude<Operation, { op: 'then' }>[][] {
  const stages: Exclude<Operation, { op: 'then' }>[][] = [[]];
  for (const operation of patch) {
    if (operation.op === 'then') stages.push([]);
    else stages.at(-1)?.push(operation);
  }
  return stages;
}

function applyStage(
  root: unknown,
  stage: readonly Exclude<Operation, { op: 'then' }>[],
  options: GraphOptions,
): unknown {
  const resolver = new PathResolver(root);
  const copier = new GraphCopier(classesOf(options), (object) =>
    object instanceof ObjectAt ? resolver.objectAt(object.path) : undefined,
  );
  const copy = (value: unknown): unknown => withPaths(value, options, () => copier.copy(value));
  let nextRoot = root;
  const ready: ReadyOperation[] = [];
  // Everything is found before anything is changed: paths name objects as they were.
  for (const operation of stage) {
    const value =
      'value' in operation ? copy(operation.value) : 'items' in operation ? copy(operation.items) : undefined;
    const object = objectOf(operation, resolver);
    if (object === undefined) nextRoot = value;
    else ready.push({ operation, object, value, mapKey: mapKeyOf(operation, object, resolver) });
  }
  for (const each of ready) runOperation(each);
  return nextRoot;
}

function mapKeyOf(operation: Operation, object: object, resolver: PathResolver): unknown {
  const step = operation.op === 'set' ? operation.path.at(-1) : undefined;
  return typeof step === 'object' && 'valueAt' in step ? resolver.keyAt(object, step.valueAt) : undefined;
}

/** The object that an operation changes; undefined when it replaces the root. @throws PatchMismatchError */
export function objectOf(operation: Operation, resolver: PathResolver): object | undefined {
  const path = changedPath(operation);
  return path === undefined ? undefined : resolver.objectAt(path);
}

/** Path of the object that an operation changes; undefined when it replaces the root. */
export function changedPath(operation: Operation): GraphPath | undefined {
  if (operation.op === 'then' || (operation.op === 'set' && operation.path.length === 0)) return undefined;
  const isAboutPart = operation.op === 'set' || operation.op === 'delete';
  return isAboutPart ? operation.path.slice(0, -1) : operation.path;
}
