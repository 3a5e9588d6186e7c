import { defineOwn, ownKeys } from '../graph/own-data.js';
import { ownSlots } from '../graph/own-slots.js';
import type { ValueClass } from '../graph/value-kind.js';
import { Draft, DRAFT } from './draft.js';
import type { DraftScope } from './draft-scope.js';
import type { Reached } from './known-object.js';

/** A draft of an object that is its own properties: plain, without a prototype, or an instance of a class. */
export class PropertyDraft extends Draft {
  constructor(scope: DraftScope, base: object, found: ValueClass, reached: Reached | undefined, shell?: object) {
    super(scope, base, found, reached, shell ?? emptyLike(base));
  }

  override slots(): unknown[] {
    return ownSlots(this.current, this.found);
  }

  override keys(): string[] {
    return ownKeys(this.current);
  }

  get(shell: object, key: PropertyKey, receiver: unknown): unknown {
    const { current } = this;
    if (Object.hasOwn(current, key)) return this.handOut(propertiesOf(current)[key], key);
    if (key === DRAFT) return receiver === this.handedOut ? this : undefined;
    // Getters and methods of the class: they see the proxy as `this`.
    return Reflect.get(shell, key, receiver);
  }

  set(shell: object, key: PropertyKey, value: unknown, receiver: unknown): boolean {
    const { current } = this;
    // What isn't there yet may be a matter of the class's setters: those, or `defineProperty` below, do the rest.
    if (receiver !== this.handedOut || !Object.hasOwn(current, key)) return Reflect.set(shell, key, value, receiver);
    const slot = this.scope.toSlot(value);
    if (Object.is(slot, propertiesOf(current)[key])) return this.isWritable(key);
    return Reflect.set(this.toWrite(), key, slot);
  }

  has(shell: object, key: PropertyKey): boolean {
    return Object.hasOwn(this.current, key) || Reflect.has(shell, key);
  }

  ownKeys(): (string | symbol)[] {
    return Reflect.ownKeys(this.current);
  }

  deleteProperty(_shell: object, key: PropertyKey): boolean {
    return !Object.hasOwn(this.current, key) || Reflect.deleteProperty(this.toWrite(), key);
  }

  getOwnPropertyDescriptor(_shell: object, key: PropertyKey): PropertyDescriptor | undefined {
    const { current } = this;
    const property = Reflect.getOwnPropertyDescriptor(current, key);
    if (property === undefined) return undefined;
    return {
      value: this.handOut(property.value, key),
      enumerable: property.enumerable === true,
      writable: this.isWritable(key),
      configurable: !this.isFixed(key),
    };
  }

  defineProperty(_shell: object, key: string | symbol, property: PropertyDescriptor): boolean {
    if (typeof key === 'symbol') {
      return this.scope.refuse(this, `the key ${String(key)} can't be stored: use a string as key`);
    }
    if ('get' in property || 'set' in property) {
      return this.scope.refuse(this, "a getter can't be stored: make it a method, or move it to the class", key);
    }
    if (this.isFixed(key) ? property.writable === false : property.configurable === false) {
      return this.scope.refuse(this, "a property can't be locked while its object is open for change", key);
    }
    const defined = { ...property };
    if ('value' in property) defined.value = this.scope.toSlot(property.value);
    if (!this.isFixed(key)) defined.configurable = true;
    return Reflect.defineProperty(this.toWrite(), key, defined);
  }

  protected override copyBase(): object {
    const copy = emptyLike(this.base);
    for (const key of Object.keys(this.base)) defineOwn(copy, key, propertiesOf(this.base)[key]);
    return copy;
  }

  /** That the base is frozen is nobody's business. */
  private isWritable(key: PropertyKey): boolean {
    const { current } = this;
    return current === this.base || Reflect.getOwnPropertyDescriptor(current, key)?.writable === true;
  }

  /** Whether the language itself keeps the property from being redefined: the length of an array. */
  protected isFixed(_key: PropertyKey): boolean {
    return false;
  }
}

function emptyLike(base: object): object {
  return Object.create(Object.getPrototypeOf(base) as object | null) as object;
}

function propertiesOf(object: object): Record<PropertyKey, unknown> {
  return object as Record<PropertyKey, unknown>;
}
