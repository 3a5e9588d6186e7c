import type { PathStep, PrimitiveKey } from './graph-path.js';
import { hasProperties, type ValueKind } from './value-kind.js';

/** The step from an object to its slot of this index; `keys` are the names of its properties, if it has any. */
export function slotStep(kind: ValueKind, keys: readonly string[], slots: ArrayLike<unknown>, index: number): PathStep {
  if (hasProperties(kind)) return keys[index] ?? '';
  if (kind === 'map') return mapSlotStep(slots, index);
  if (kind === 'set') return { valueAt: index };
  return kind === 'view' ? { buffer: true } : index;
}

function mapSlotStep(slots: ArrayLike<unknown>, index: number): PathStep {
  const entry = index >> 1;
  if (index % 2 === 0) return { keyAt: entry };
  const key = slots[index - 1];
  return isPrimitiveKey(key) ? { key } : { valueAt: entry };
}

/** Whether a key or element can be named by itself instead of by its position. */
export function isPrimitiveKey(key: unknown): key is PrimitiveKey {
  return key === null || (typeof key !== 'object' && typeof key !== 'function' && typeof key !== 'symbol');
}
