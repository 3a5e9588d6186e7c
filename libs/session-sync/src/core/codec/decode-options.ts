import type { GraphOptions } from '../graph/graph-options.js';

/** What `decode` may be told. Every limit has a typed error, `AttributeDecodeError`, and protects against hostile text. */
export interface DecodeOptions extends GraphOptions {
  /**
   * Longest text, in UTF-16 code units. Time and memory grow with the text: on one core some 0.2 ms for 1,000 units of
   * the worst kind (empty objects, one after the other), a tenth of it for ordinary data. The default is what the
   * largest message of a nats-server can be; where texts come from elsewhere, say what is expected.
   * @default 67,108,864
   */
  readonly maxChars?: number;
  /**
   * Deepest nesting of objects. Text that is certainly deeper is refused before it is parsed.
   * @default 100,000
   */
  readonly maxDepth?: number;
  /**
   * Most values (objects, elements, properties; missing elements count). Of missing elements, which have no text of
   * their own, 100,000 at most.
   * @default 10,000,000
   */
  readonly maxNodes?: number;
}
