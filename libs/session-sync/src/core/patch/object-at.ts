import type { GraphPath } from '../graph/graph-path.js';

/**
 * In the value of an operation: not a new object, but the one that was at `path` before the patch.
 *
 * @example
 * const cart = { lines: [{ sku: 'tea' }], gift: undefined as object | undefined };
 * applyPatch(cart, [{ op: 'set', path: ['gift'], value: new ObjectAt(['lines', 0]) }]);
 * cart.gift === cart.lines[0]; // → true
 */
export class ObjectAt {
  constructor(readonly path: GraphPath) {}
}
