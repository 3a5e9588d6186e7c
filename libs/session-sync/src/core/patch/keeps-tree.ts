import { ObjectAt } from './object-at.js';
import type { Patch } from './operation.js';

/**
 * Whether a value in which no object is held twice stays one under `patch`: nothing moves, and no new object occurs
 * twice.
 */
export function keepsTree(patch: Patch): boolean {
  const seen = new Set<object>();
  const waiting: unknown[] = [];
  for (const operation of patch) {
    if ('value' in operation) waiting.push(operation.value);
    if ('items' in operation) waiting.push(...operation.items);
  }
  for (let value = waiting.pop(); value !== undefined || waiting.length > 0; value = waiting.pop()) {
    if (typeof value !== 'object' || value === null) continue;
    if (value instanceof ObjectAt || seen.has(value) || ArrayBuffer.isView(value)) return false;
    seen.add(value);
    if (value instanceof Map) for (const [key, part] of value) waiting.push(key, part);
    else waiting.push(...(value instanceof Set ? value : (Object.values(value) as unknown[])));
  }
  return true;
}
