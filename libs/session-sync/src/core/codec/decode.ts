import { classesOf } from '../graph/graph-options.js';
import { checkNesting } from './check-nesting.js';
import type { DecodeOptions } from './decode-options.js';
import { refuse } from './read-error.js';
import { TextReader } from './read-text.js';

const MAX_CHARS = 67_108_864;
const MAX_DEPTH = 100_000;
const MAX_NODES = 10_000_000;

/**
 * The value that `encode` made `text` of; shares nothing with anything. Only classes of the catalog are ever made, and
 * of those no constructor is called.
 * @throws AttributeDecodeError for any text that isn't of the format, goes past a limit, or names an unknown class
 *
 * @example
 * decode('{"at":{"$date":"1970-01-01T00:00:00.000Z"}}'); // → { at: new Date(0) }
 * decode('[1,{"$holes":2},2]'); // → [1, , , 2]
 * decode('{"$unknown":1}'); // throws AttributeDecodeError
 * decode('[[[1]]]', { maxDepth: 2 }); // throws AttributeDecodeError
 */
export function decode(text: string, options: DecodeOptions = {}): unknown {
  return decodeText(text, options, false);
}

/** As `decode`; `isPatch` allows what only patches may hold. */
export function decodeText(text: string, options: DecodeOptions, isPatch: boolean): unknown {
  const { maxChars = MAX_CHARS, maxDepth = MAX_DEPTH, maxNodes = MAX_NODES } = options;
  if (text.length > maxChars) refuse(`${text.length} characters are more than the ${maxChars} allowed`);
  // So short a text can't go past the limit.
  const isFlat = text.length <= maxDepth || checkNesting(text, maxDepth);
  const json = parseJson(text);
  // Without a tag the parsed JSON is the value.
  if (isFlat && text.length <= maxNodes && !text.includes('"$') && !text.includes(String.raw`"\u`)) return json;
  return new TextReader({ classes: classesOf(options), isPatch, maxDepth, maxNodes }).read(json);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    return refuse('it is no JSON', error);
  }
}
