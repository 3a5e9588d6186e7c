import type { Class } from '../core/access/index.js';
import { isNativeClass } from './native-classes.js';

/** The classes of all instances that a value holds, itself included. */
export function classesIn(value: unknown): ReadonlySet<Class> {
  const classes = new Set<Class>();
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    const cls = (Object.getPrototypeOf(next) as { constructor?: unknown } | null)?.constructor;
    if (typeof cls === 'function' && !isNativeClass(cls as Class)) classes.add(cls as Class);
    open.push(...partsOf(next));
  }
  return classes;
}

function partsOf(holder: object): unknown[] {
  const inside: unknown[] =
    holder instanceof Map ? [...holder.keys(), ...holder.values()] : holder instanceof Set ? [...holder] : [];
  const own = Object.values(Object.getOwnPropertyDescriptors(holder)).map((property) => property.value as unknown);
  return [...inside, ...(ArrayBuffer.isView(holder) ? [] : own)];
}
