import type { PathStep } from '../graph/graph-path.js';
import { holdsReferences } from './holds.js';
import type { EditOperation, Operation, Patch } from './operation.js';
import { pathKey } from './side.js';

/**
 * Whether two patches of one base concern parts that have nothing to do with each other, so that one of them means on
 * the result of the other what it means on the base. Told by the paths alone: values set or deleted under names, keys
 * and indexes, none on the way to another. A "no" may be wrong, a "yes" never is.
 */
export function areApart(ours: Patch, theirs: Patch): boolean {
  const changed = changedParts(theirs);
  const mine = changedParts(ours);
  return changed !== undefined && mine !== undefined && !meet(changed, mine) && !meet(mine, changed);
}

/** The parts that a patch gives other values, by path key, each with the keys of all on the way to it. */
type Parts = ReadonlyMap<string, readonly string[]>;

function changedParts(patch: Patch): Parts | undefined {
  const parts = new Map<string, readonly string[]>();
  for (const operation of patch) {
    if (!isOfNamedPart(operation)) return undefined;
    const { path } = operation;
    parts.set(
      pathKey(path),
      path.map((_, length) => pathKey(path.slice(0, length))),
    );
  }
  return parts;
}

/** Whether a part of one is a part of the other, or on the way to one. */
function meet(changed: Parts, others: Parts): boolean {
  for (const [part, way] of others) if (changed.has(part) || way.some((key) => changed.has(key))) return true;
  return false;
}

function isOfNamedPart(operation: Operation): operation is Extract<EditOperation, { op: 'set' | 'delete' }> {
  if (operation.op !== 'set' && operation.op !== 'delete') return false;
  if (operation.path.length === 0 || !operation.path.every(isSteady)) return false;
  return operation.op === 'delete' || !holdsReferences(operation.value);
}

/** Whether a step leads to the same part whatever happens beside it. Indexes do as long as nobody splices. */
function isSteady(step: PathStep): boolean {
  return typeof step !== 'object' || 'key' in step;
}
