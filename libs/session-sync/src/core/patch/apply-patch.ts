import { GraphCopier } from '../graph/graph-copier.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { withPaths } from '../graph/with-paths.js';
import { changedPath } from './changed-path.js';
import { ObjectAt } from './object-at.js';
import type { EditOperation, Operation, Patch } from './operation.js';
import { PathResolver } from './resolve-path.js';
import { PatchMismatchError } from '../errors/index.js';
import { formatPath } from '../graph/graph-path.js';
import { makeViewAt, ViewAt } from './view-at.js';
import { runOperation, type ReadyOperation } from './run-operation.js';

/**
 * Changes `target` in place by `patch` and answers the changed target: `target` itself, unless the patch replaces the
 * root. The result shares no object with the patch.
 * @throws PatchMismatchError when `target` isn't the version the patch was made for; `target` may then be half changed
 *
 * @example
 * const cart = { lines: [{ sku: 'tea', qty: 1 }] };
 * applyPatch(cart, [{ op: 'set', path: ['lines', 0, 'qty'], value: 2 }]) === cart; // → true
 * cart; // → { lines: [{ sku: 'tea', qty: 2 }] }
 * applyPatch(cart, [{ op: 'set', path: ['lines', 7, 'qty'], value: 2 }]); // throws PatchMismatchError
 */
export function applyPatch<T>(target: T, patch: Patch, options: GraphOptions = {}): T {
  let root: unknown = target;
  for (const stage of stagesOf(patch)) root = applyStage(root, stage, options).root;
  return root as T;
}

/** The operations of each stage. */
export function stagesOf(patch: Patch): EditOperation[][] {
  const stages: EditOperation[][] = [[]];
  for (const operation of patch) {
    if (operation.op === 'then') stages.push([]);
    else stages.at(-1)?.push(operation);
  }
  return stages;
}

/** What a stage led to, and what it brought: values and lists of items. */
interface Applied {
  readonly root: unknown;
  readonly brought: readonly unknown[];
}

/** As `applyPatch`, for the operations of one stage. @throws PatchMismatchError */
export function applyStage(root: unknown, stage: readonly EditOperation[], options: GraphOptions): Applied {
  const resolver = new PathResolver(root);
  const copier = new GraphCopier(classesOf(options), (object) => whatStandsFor(object, resolver));
  const copy = (value: unknown): unknown => withPaths(value, options, () => copier.copy(value));
  let nextRoot = root;
  const ready: ReadyOperation[] = [];
  const brought: unknown[] = [];
  // Everything is found before anything is changed: paths name objects as they were.
  for (const operation of stage) {
    const value =
      'value' in operation ? copy(operation.value) : 'items' in operation ? copy(operation.items) : undefined;
    brought.push(value);
    const path = changedPath(operation);
    if (path === undefined) {
      nextRoot = value;
      continue;
    }
    const object = resolver.objectAt(path);
    ready.push({ operation, object, value, mapKey: mapKeyOf(operation, object, resolver) });
  }
  for (const each of ready) runOperation(each);
  return { root: nextRoot, brought };
}

/** @throws PatchMismatchError */
function whatStandsFor(object: object, resolver: PathResolver): object | undefined {
  if (object instanceof ObjectAt) return resolver.objectAt(object.path);
  if (!(object instanceof ViewAt)) return undefined;
  const { path } = object.buffer;
  const view = makeViewAt(object, resolver.objectAt(path));
  if (view === undefined) throw new PatchMismatchError(formatPath('value', path), 'a view does not fit onto it');
  return view;
}

function mapKeyOf(operation: Operation, object: object, resolver: PathResolver): unknown {
  const step = operation.op === 'set' ? operation.path.at(-1) : undefined;
  return typeof step === 'object' && 'valueAt' in step ? resolver.keyAt(object, step.valueAt) : undefined;
}
