import { hasEnumerablePrototype } from './plain-prototype.js';

/**
 * Nesting up to which `JSON.stringify` is safe everywhere: it recurses, and overflows a default stack at about 4,000
 * levels.
 */
const MAX_LEVELS = 500;

/**
 * Whether `root` is a tree of plain objects, arrays and primitives that JSON says exactly, so that `JSON.stringify` gives
 * the very text `encode` has to give. Looks at properties without calling getters, unless they are known to be data
 * (`isChecked`); any doubt is a no.
 */
export function isPlainJson(root: unknown, isChecked = false): boolean {
  // Polluted prototypes would have a say in the text.
  if ('toJSON' in Object.prototype || 'toJSON' in Array.prototype) return false;
  const check = isChecked && !hasEnumerablePrototype() ? new CheckedJsonCheck() : new PlainJsonCheck();
  return check.isPlain(root, 0);
}

class PlainJsonCheck {
  protected readonly seen = new Set<object>();

  isPlain(value: unknown, level: number): boolean {
    if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
    if (typeof value !== 'object') return typeof value === 'string' || typeof value === 'boolean';
    if (value === null) return true;
    if (level > MAX_LEVELS || this.seen.has(value)) return false;
    this.seen.add(value);
    if (Array.isArray(value)) return this.isPlainArray(value, level);
    return Object.getPrototypeOf(value) === Object.prototype && this.isPlainObject(value, level);
  }

  protected isPlainArray(array: readonly unknown[], level: number): boolean {
    if (Object.getPrototypeOf(array) !== Array.prototype) return false;
    for (let index = 0; index < array.length; index++) {
      const property = Object.getOwnPropertyDescriptor(array, index);
      if (property === undefined || property.get !== undefined || !this.isPlain(property.value, level + 1))
        return false;
    }
    return true;
  }

  protected isPlainObject(object: object, level: number): boolean {
    for (const key of Object.keys(object)) {
      const property = Object.getOwnPropertyDescriptor(object, key);
      if (property === undefined || property.get !== undefined || key.charCodeAt(0) === 36) return false;
      if (!this.isPlain(property.value, level + 1)) return false;
    }
    return Object.getOwnPropertySymbols(object).length === 0;
  }
}

/** Of what holds no accessors and no symbols: properties are simply read. */
class CheckedJsonCheck extends PlainJsonCheck {
  protected override isPlainArray(array: readonly unknown[], level: number): boolean {
    if (Object.getPrototypeOf(array) !== Array.prototype) return false;
    // A missing element reads as undefined, which JSON can't say either.
    for (const part of array) if (!this.isPlain(part, level + 1)) return false;
    return true;
  }

  protected override isPlainObject(object: object, level: number): boolean {
    const parts = object as Readonly<Record<string, unknown>>;
    for (const key in parts) if (key.charCodeAt(0) === 36 || !this.isPlain(parts[key], level + 1)) return false;
    return true;
  }
}
