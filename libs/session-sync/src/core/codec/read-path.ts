import type { GraphPath, PathStep } from '../graph/graph-path.js';
import { isObject } from '../graph/is-object.js';
import { isPrimitiveKey } from '../graph/slot-step.js';
import { refuse } from './read-error.js';

/** `value` as a path; refuses what is none. */
export function readPath(value: unknown): GraphPath {
  // Not `map`, which would pass over missing steps.
  return Array.isArray(value) ? Array.from(value, readStep) : refuse('a path is an array');
}

/** `value` as a position in an array, Map, Set or buffer; refuses what is none. */
export function readPosition(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : refuse('a position is a whole number from 0');
}

function readStep(value: unknown): PathStep {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return readPosition(value);
  if (!isObject(value) || Object.keys(value).length !== 1) return refuse('unknown step in a path');
  if (Object.hasOwn(value, 'key')) {
    const { key } = value as { readonly key: unknown };
    return isPrimitiveKey(key) ? { key } : refuse('a key in a path is a primitive');
  }
  if (Object.hasOwn(value, 'keyAt')) return { keyAt: readPosition((value as { readonly keyAt: unknown }).keyAt) };
  if (Object.hasOwn(value, 'valueAt'))
    return { valueAt: readPosition((value as { readonly valueAt: unknown }).valueAt) };
  return Object.hasOwn(value, 'buffer') ? { buffer: true } : refuse('unknown step in a path');
}
