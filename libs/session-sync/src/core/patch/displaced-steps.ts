import type { PathStep } from '../graph/graph-path.js';
import { isPrimitiveKey } from '../graph/slot-step.js';
import { meaningOf, pairsOf, slotsOf } from './entries.js';
import type { SpliceOperation } from './operation.js';
import type { PathResolver } from './resolve-path.js';

/**
 * Steps to the parts that a splice takes from where they were. A key or element of a Map or Set that it puts in again
 * isn't taken away, only moved, and the same value under the same key isn't either.
 */
export function displacedSteps(object: object, splice: SpliceOperation, resolver: PathResolver): PathStep[] {
  const { index, remove, items } = splice;
  if (!(object instanceof Map || object instanceof Set)) {
    return Array.from({ length: remove }, (_, offset) => index + offset);
  }
  const isMap = object instanceof Map;
  const kept = new Map<unknown, unknown>();
  for (const [key, value] of pairsOf(items, isMap)) kept.set(meaningOf(key, resolver), meaningOf(value, resolver));
  const steps: PathStep[] = [];
  const removed = pairsOf(slotsOf(object), isMap).slice(index, index + remove);
  for (const [offset, [key, value]] of removed.entries()) {
    const position = index + offset;
    if (!kept.has(key)) steps.push(isMap ? { keyAt: position } : { valueAt: position });
    if (isMap && !(kept.has(key) && Object.is(kept.get(key), value))) {
      steps.push(isPrimitiveKey(key) ? { key } : { valueAt: position });
    }
  }
  return steps;
}
