import type { GraphOptions } from '../graph/graph-options.js';

/** What `decode` may be told. Every limit has a typed error, `AttributeDecodeError`, and protects against hostile text. */
export interface DecodeOptions extends GraphOptions {
  /**
   * Longest text, in UTF-16 code units.
   * @default 67,108,864
   */
  readonly maxChars?: number;
  /**
   * Deepest nesting of objects.
   * @default 100,000
   */
  readonly maxDepth?: number;
  /**
   * Most values (objects, elements, properties; missing elements count).
   * @default 10,000,000
   */
  readonly maxNodes?: number;
}
