import { GraphCopier } from './graph-copier.js';
import { classesOf, type GraphOptions } from './graph-options.js';
import { withPaths } from './with-paths.js';

/**
 * A deep copy that shares nothing with `value`: what was one object is one object in the copy, cycles included; class
 * instances keep their class (their constructor isn't called), frozen values become changeable.
 * @throws UnsupportedValueError for what can't be part of a session, naming the path
 *
 * @example
 * const line = { sku: 'tea' };
 * const copy = cloneGraph({ lines: [line], gift: line });
 * copy.gift === copy.lines[0]; // → true
 * copy.gift === line; // → false
 */
export function cloneGraph<T>(value: T, options: GraphOptions = {}): T {
  return withPaths(value, options, () => new GraphCopier(classesOf(options)).copy(value)) as T;
}
