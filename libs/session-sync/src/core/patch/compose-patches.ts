import type { Patch } from './operation.js';

/**
 * One patch that does what `first` and then `second` do. Where `second` only sets or deletes what no operation of
 * `first` leads past, the two become one stage and what is overwritten drops out.
 */
export function composePatches(first: Patch, second: Patch): Patch {
  if (first.length === 0) return second;
  if (second.length === 0) return first;
  return [...first, { op: 'then' }, ...second];
}
