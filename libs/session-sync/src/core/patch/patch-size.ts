import { writeText } from '../codec/write-text.js';
import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { patchRows } from './patch-rows.js';
import type { Patch } from './operation.js';

/**
 * Length of the patch's text in characters, as `encodePatch` gives it.
 *
 * @example
 * const patch: Patch = [{ op: 'set', path: ['qty'], value: 2 }];
 * patchSize(patch); // → 19
 * encodePatch(patch); // → '[["set",["qty"],2]]'
 */
export function patchSize(patch: Patch, options: GraphOptions = {}): number {
  return writeText(patchRows(patch), { classes: classesOf(options), isSorted: false }).length;
}
