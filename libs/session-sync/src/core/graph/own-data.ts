import { UnsupportedPart, whyUnsupported } from './unsupported-part.js';

/** Marks a missing element of an array where elements are listed. */
export const HOLE: unique symbol = Symbol('hole');

/**
 * Most missing elements an array may have; more is a mistake like `rows[id] = row` with a large id. They take time and
 * memory without taking text.
 */
export const MAX_HOLES = 100_000;

/** Own enumerable property names; throws `UnsupportedPart` when the object has own symbol keys. */
export function ownKeys(object: object): string[] {
  refuseSymbolKeys(object);
  return Object.keys(object);
}

/** Throws `UnsupportedPart` when the object has own symbol keys. */
export function refuseSymbolKeys(object: object): void {
  const symbols = Object.getOwnPropertySymbols(object);
  if (symbols.length > 0) {
    throw new UnsupportedPart(object, `the key ${String(symbols[0])} can't be stored: use a string as key`);
  }
}

/** Value of an own data property or element, `HOLE` when missing; throws `UnsupportedPart` for an accessor. */
export function ownValue(object: object, key: string | number): unknown {
  const property = Object.getOwnPropertyDescriptor(object, key);
  if (property === undefined) return HOLE;
  if (!('value' in property)) {
    throw new UnsupportedPart(object, "a getter can't be stored: make it a method, or move it to the class", key);
  }
  return property.value;
}

/** As `ownValue`, and refuses functions and symbols. */
export function ownStorableValue(object: object, key: string | number): unknown {
  const value = ownValue(object, key);
  if (value !== HOLE && typeof value !== 'object') {
    const reason = whyUnsupported(value);
    if (reason !== undefined) throw new UnsupportedPart(object, reason, key);
  }
  return value;
}

/** Values of own properties, refusing what can't be stored. */
export function ownStorableValues(object: object, keys: readonly string[]): unknown[] {
  const values: unknown[] = [];
  for (const key of keys) values.push(ownStorableValue(object, key));
  return values;
}

/** Elements of an array, `HOLE` for the missing ones. */
export function ownElements(array: readonly unknown[]): unknown[] {
  const elements: unknown[] = [];
  let holes = 0;
  for (let index = 0; index < array.length; index++) {
    // Where one is missing others often are, and asking for the description of nothing takes ten times as long.
    const isMissing = holes > 0 && !Object.hasOwn(array, index);
    const value = isMissing ? HOLE : ownStorableValue(array, index);
    if (value === HOLE && ++holes > MAX_HOLES) {
      throw new UnsupportedPart(array, `an array with more than ${MAX_HOLES} missing elements: use a Map`);
    }
    elements.push(value);
  }
  return elements;
}

/** Gives `object` an own data property, also where assigning would reach a setter of its class (or `__proto__`). */
export function defineOwn(object: object, key: string, value: unknown): void {
  if (key in object && !Object.hasOwn(object, key)) {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    (object as Record<string, unknown>)[key] = value;
  }
}
