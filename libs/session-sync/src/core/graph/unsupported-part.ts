import type { PathStep } from './graph-path.js';

/**
 * Found while walking a graph: this part of it can't be stored. Walkers know no paths (recording them would cost more
 * than the walk); `withPaths` turns it into an `UnsupportedValueError` that names one.
 */
export class UnsupportedPart extends Error {
  constructor(
    readonly holder: object | undefined,
    readonly reason: string,
    /** From `holder` to the part; absent when the holder itself is meant. */
    readonly step?: PathStep,
  ) {
    super(reason);
  }
}

/** Reading a bigint takes the square of its length: longer ones are refused on both ways. */
export const MAX_BIGINT_DIGITS = 30_000;

const BIGINT_LIMIT = 10n ** BigInt(MAX_BIGINT_DIGITS);

/** Why a primitive or function can't be stored; undefined when it can. */
export function whyUnsupported(value: unknown): string | undefined {
  if (typeof value === 'function') return "a function can't be stored: keep data, and make the function from it";
  if (typeof value === 'symbol') return "a symbol can't be stored: use a string";
  if (typeof value === 'bigint' && (value >= BIGINT_LIMIT || value <= -BIGINT_LIMIT)) {
    return `a bigint of more than ${MAX_BIGINT_DIGITS} digits can't be stored: keep it as bytes`;
  }
  return undefined;
}
