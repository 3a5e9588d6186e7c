import { cloneGraph } from './clone-graph.js';
import { containsUnfreezable, freezeGraph } from './freeze-graph.js';
import type { GraphOptions } from './graph-options.js';

/**
 * What may be handed to a reader of the frozen value `frozen`: the value itself, or a frozen copy when it holds parts
 * that can't be frozen (binary data, converted instances), so that a reader who writes to those reaches nobody else.
 *
 * @example
 * const frozen = freezeGraph({ name: 'tea', bytes: new Uint8Array([1]) });
 * const view = readOnlyView(frozen);
 * view.bytes[0] = 9;
 * frozen.bytes[0]; // → 1
 */
export function readOnlyView<T>(frozen: T, options: GraphOptions = {}): T {
  return containsUnfreezable(frozen, options) ? freezeGraph(cloneGraph(frozen, options), options) : frozen;
}
