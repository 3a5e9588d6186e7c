import { classesOf, type GraphOptions } from '../graph/graph-options.js';
import { isPlainJson } from '../graph/is-plain-json.js';
import { withPaths } from '../graph/with-paths.js';
import { writeText } from './write-text.js';

/**
 * `value` as one line of text: JSON, with tagged objects for what JSON can't say. Plain JSON data is its own text, as
 * `JSON.stringify` gives it.
 * @throws UnsupportedValueError for what can't be part of a session, naming the path
 *
 * @example
 * encode({ sku: 'tea', qty: 1 }); // → '{"sku":"tea","qty":1}'
 * encode(new Map([['a', 1n]])); // → '{"$map":[["a",{"$bigint":"1"}]]}'
 * encode(Promise.resolve()); // throws UnsupportedValueError
 */
export function encode(value: unknown, options: GraphOptions = {}): string {
  if (isPlainJson(value, options.isChecked)) return JSON.stringify(value);
  return withPaths(value, options, () => writeText(value, { classes: classesOf(options), isSorted: false }));
}

/**
 * As `encode`, with properties in the order of their names: equal values, whatever order their properties were set in,
 * have equal texts. For comparing and hashing.
 *
 * @example
 * encodeCanonical({ b: 1, a: 2 }) === encodeCanonical({ a: 2, b: 1 }); // → true
 */
export function encodeCanonical(value: unknown, options: GraphOptions = {}): string {
  return withPaths(value, options, () => writeText(value, { classes: classesOf(options), isSorted: true }));
}
