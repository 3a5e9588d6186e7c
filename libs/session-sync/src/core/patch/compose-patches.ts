import type { PathStep } from '../graph/graph-path.js';
import { holdsReferences } from './holds.js';
import type { Operation, Patch } from './operation.js';
import { pathKey } from './side.js';

/**
 * One patch that does what `first` and then `second` do. Where `second` leads past nothing that `first` changed, the two
 * become one stage, and of two operations on one part the later one stays.
 *
 * @example
 * const first: Patch = [{ op: 'set', path: ['qty'], value: 2 }];
 * const second: Patch = [{ op: 'set', path: ['qty'], value: 3 }, { op: 'delete', path: ['note'] }];
 * composePatches(first, second); // → [{ op: 'set', path: ['qty'], value: 3 }, { op: 'delete', path: ['note'] }]
 */
export function composePatches(first: Patch, second: Patch): Patch {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  return isIndependent(first, second) ? dropOverwritten([...first, ...second]) : [...first, { op: 'then' }, ...second];
}

/**
 * Whether paths of `second` mean the same before and after `first`. By the names on the way only, wherever they occur:
 * one object may be reached by many paths.
 */
function isIndependent(first: Patch, second: Patch): boolean {
  const changed = new Set<string>();
  for (const operation of first) {
    if (!isPlain(operation)) return false;
    changed.add(stepKey(operation.path.at(-1)));
  }
  return second.every(
    (operation) =>
      isPlain(operation) &&
      operation.path.slice(0, -1).every((step) => !changed.has(stepKey(step))) &&
      !(operation.op === 'set' && holdsReferences(operation.value)),
  );
}

/** Sets and deletes of named parts: no positions that others shift, and not the root. */
function isPlain(operation: Operation): operation is Extract<Operation, { op: 'set' | 'delete' }> {
  if (operation.op !== 'set' && operation.op !== 'delete') return false;
  return operation.path.length > 0 && operation.path.every(isName);
}

function isName(step: PathStep): boolean {
  return typeof step === 'string' || (typeof step === 'object' && 'key' in step);
}

function stepKey(step: PathStep | undefined): string {
  return step === undefined ? '' : pathKey([step]);
}

/** Of two sets of one part the later value stays, in the earlier place: that decides where a new Map key goes. */
function dropOverwritten(patch: Patch): Patch {
  const kept: Operation[] = [];
  const places = new Map<string, number>();
  for (const operation of patch) {
    const part = operation.op === 'then' ? '' : pathKey(operation.path);
    const place = operation.op === 'set' ? places.get(part) : undefined;
    if (place !== undefined) kept[place] = operation;
    else {
      if (operation.op === 'set') places.set(part, kept.length);
      else places.delete(part);
      kept.push(operation);
    }
  }
  return kept;
}
