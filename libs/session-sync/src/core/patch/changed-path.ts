import type { GraphPath } from '../graph/graph-path.js';
import type { Operation } from './operation.js';

/** Path of the object that an operation changes; undefined when it replaces the root, or changes nothing (`then`). */
export function changedPath(operation: Operation): GraphPath | undefined {
  if (operation.op === 'then' || replacesRoot(operation)) return undefined;
  const isAboutPart = operation.op === 'set' || operation.op === 'delete';
  return isAboutPart ? operation.path.slice(0, -1) : operation.path;
}

export function replacesRoot(operation: Operation): boolean {
  return operation.op === 'set' && operation.path.length === 0;
}
