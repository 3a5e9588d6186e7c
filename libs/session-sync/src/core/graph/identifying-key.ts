import { isObject } from './is-object.js';

/** Names of properties that identify an object among its like, the most telling first. */
export const KEY_NAMES: readonly string[] = ['id', '_id', 'key', 'sku', 'uuid'];

/** Whether a value can identify the object that has it under one of `KEY_NAMES`. */
export function isKeyValue(value: unknown): value is string | number | bigint {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint';
}

/** `sku="a"` of an object with such a property of its own; undefined when it has none of `KEY_NAMES`. */
export function identityOf(part: unknown): string | undefined {
  for (const name of KEY_NAMES) {
    const key = ownValue(part, name);
    if (isKeyValue(key)) return typeof key === 'string' ? `${name}=${JSON.stringify(key)}` : `${name}=${key}`;
  }
  return undefined;
}

/**
 * Whether two objects can't be versions of one: the most telling name under which both have a key has another key.
 * Objects without keys may be; an object may also have got its key between the two.
 */
export function isOtherByKey(before: unknown, after: unknown, valueOf: PropertyReader = ownValue): boolean {
  for (const name of KEY_NAMES) {
    const [old, now] = [valueOf(before, name, true), valueOf(after, name, false)];
    if (isKeyValue(old) && isKeyValue(now)) return !Object.is(old, now);
  }
  return false;
}

/** Reads a property of an object of the older (`isRecorded`) or newer version; undefined when there is none. */
export type PropertyReader = (part: unknown, name: string, isRecorded: boolean) => unknown;

function ownValue(part: unknown, name: string): unknown {
  return isObject(part) ? Object.getOwnPropertyDescriptor(part, name)?.value : undefined;
}
