import type { ObjectAt } from './object-at.js';
import type { Operation, Patch } from './operation.js';

/** A patch as plain arrays, the form in which it is written. */
export function patchRows(patch: Patch): unknown[][] {
  return patch.map(rowOf);
}

/** A path as fresh plain data, so that two equal steps are never taken for one shared object. */
export function plainPath({ path }: Pick<ObjectAt, 'path'>): unknown[] {
  return path.map((step) => (typeof step === 'object' ? { ...step } : step));
}

function rowOf(operation: Operation): unknown[] {
  const { op } = operation;
  if (op === 'then') return [op];
  const path = plainPath(operation);
  if (op === 'delete') return [op, path];
  if (op === 'splice') return [op, path, operation.index, operation.remove, operation.items.slice()];
  if (op === 'bytes') return [op, path, operation.offset, operation.bytes.slice()];
  return [op, path, operation.value];
}
