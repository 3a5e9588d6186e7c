import { makeSingle } from '../graph/graph-copier.js';
import { MAX_BIGINT_DIGITS } from '../graph/unsupported-part.js';
import { fromBase64 } from './base64.js';
import { quote, refuse } from './read-error.js';
import { CONSTANTS, TAG } from './tags.js';

type Reader = (content: unknown) => unknown;

/** Readers of the tags whose content holds no further values. */
export const SINGLE_READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  [TAG.constant, readConstant],
  [TAG.bigint, readBigint],
  [TAG.date, readDate],
  [TAG.url, readUrl],
  [TAG.regexp, readRegexp],
  [TAG.buffer, readBuffer],
]);

function readConstant(content: unknown): unknown {
  if (typeof content !== 'string' || !CONSTANTS.has(content)) return refuse(`${quote(content)} is no constant`);
  return CONSTANTS.get(content);
}

const BIGINT = /^(?:0|-?[1-9]\d*)$/;

function readBigint(content: unknown): unknown {
  return typeof content === 'string' && content.length <= MAX_BIGINT_DIGITS + 1 && BIGINT.test(content)
    ? BigInt(content)
    : refuse(`${quote(content)} is no bigint`);
}

function readDate(content: unknown): unknown {
  if (content === null) return makeSingle({ kind: 'date' }, [Number.NaN]);
  const time = typeof content === 'string' ? Date.parse(content) : Number.NaN;
  const date = makeSingle({ kind: 'date' }, [time]) as Date;
  return !Number.isNaN(time) && date.toISOString() === content ? date : refuse(`${quote(content)} is no date`);
}

function readUrl(content: unknown): unknown {
  try {
    if (typeof content === 'string') return makeSingle({ kind: 'url' }, [content]);
  } catch (error) {
    return refuse(`${quote(content)} is no URL`, error);
  }
  return refuse(`${quote(content)} is no URL`);
}

function readRegexp(content: unknown): unknown {
  if (!Array.isArray(content) || content.length !== 3) return refuse('a RegExp is [source, flags, lastIndex]');
  const [source, flags, lastIndex] = content as readonly unknown[];
  if (typeof source !== 'string' || typeof flags !== 'string' || !Number.isSafeInteger(lastIndex)) {
    return refuse('a RegExp is [source, flags, lastIndex]');
  }
  try {
    return makeSingle({ kind: 'regexp' }, [source, flags, lastIndex]);
  } catch (error) {
    return refuse(`${quote(source)} is no regular expression`, error);
  }
}

function readBuffer(content: unknown): unknown {
  const bytes = typeof content === 'string' ? fromBase64(content) : undefined;
  return bytes === undefined ? refuse('bytes are padded base64') : bytes.buffer;
}
