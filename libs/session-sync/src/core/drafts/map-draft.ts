import { isObject } from '../graph/is-object.js';
import { mapSlots } from '../graph/own-slots.js';
import type { ValueClass } from '../graph/value-kind.js';
import { CollectionDraft, type Method } from './collection-draft.js';
import { draftBehind } from './draft.js';
import type { DraftScope } from './draft-scope.js';
import type { Reached } from './known-object.js';

/** A draft of a Map. */
export class MapDraft extends CollectionDraft {
  protected override readonly methods = METHODS;
  protected override readonly prototype = Map.prototype;

  constructor(scope: DraftScope, base: object, found: ValueClass, reached: Reached | undefined) {
    super(scope, base, found, reached, new Map());
  }

  override get size(): number {
    return this.map.size;
  }

  override slots(): unknown[] {
    return mapSlots(this.map);
  }

  hasKey(key: unknown): boolean {
    return this.map.has(this.scope.toSlot(key));
  }

  valueUnder(key: unknown): unknown {
    const slot = this.scope.toSlot(key);
    return this.fromSlot(this.map.get(slot), slot);
  }

  put(key: unknown, value: unknown): void {
    const [slot, part] = [this.scope.toSlot(key), this.scope.toSlot(value)];
    if (!this.map.has(slot) || !Object.is(this.map.get(slot), part)) this.mapToWrite.set(slot, part);
  }

  remove(key: unknown): boolean {
    const slot = this.scope.toSlot(key);
    return this.map.has(slot) && this.mapToWrite.delete(slot);
  }

  empty(): void {
    if (this.size > 0) this.mapToWrite.clear();
  }

  /** Follows what is added and removed meanwhile, as the language has it. */
  *entries(): Generator<[unknown, unknown]> {
    for (const [key, value] of this.ownCopy() as Map<unknown, unknown>) {
      yield [this.fromSlot(key), this.fromSlot(value, key)];
    }
  }

  override snapshot(): Map<unknown, unknown> {
    return new Map(this.entries());
  }

  override takeOver(changed: object): void {
    const slots = mapSlots(changed as Map<unknown, unknown>).map((part) => this.scope.toSlot(part));
    const before = this.slots();
    if (slots.length === before.length && slots.every((slot, index) => Object.is(slot, before[index]))) return;
    this.mapToWrite.clear();
    for (let index = 0; index < slots.length; index += 2) this.mapToWrite.set(slots[index], slots[index + 1]);
  }

  protected override copyBase(): object {
    return new Map(this.base as Map<unknown, unknown>);
  }

  private get map(): ReadonlyMap<unknown, unknown> {
    return this.current as Map<unknown, unknown>;
  }

  private get mapToWrite(): Map<unknown, unknown> {
    return this.toWrite() as Map<unknown, unknown>;
  }
}

function method(name: PropertyKey, run: (draft: MapDraft, args: readonly unknown[]) => unknown): Method {
  const original = Reflect.get(Map.prototype, name) as Method;
  return function (...args) {
    const draft = isObject(this) ? draftBehind(this) : undefined;
    return draft instanceof MapDraft ? run(draft, args) : original.apply(this, args);
  };
}

const METHODS: Readonly<Record<PropertyKey, Method>> = {
  has: method('has', (draft, [key]) => draft.hasKey(key)),
  get: method('get', (draft, [key]) => draft.valueUnder(key)),
  set: method('set', (draft, [key, value]) => {
    draft.put(key, value);
    return draft.handedOut;
  }),
  delete: method('delete', (draft, [key]) => draft.remove(key)),
  clear: method('clear', (draft) => {
    draft.empty();
  }),
  forEach: method('forEach', (draft, [visit, thisArg]) => {
    for (const [key, value] of draft.entries()) (visit as Method).call(thisArg, value, key, draft.handedOut);
  }),
  keys: method('keys', function* (draft) {
    for (const [key] of draft.entries()) yield key;
  }),
  values: method('values', function* (draft) {
    for (const [, value] of draft.entries()) yield value;
  }),
  entries: method('entries', (draft) => draft.entries()),
  [Symbol.iterator]: method(Symbol.iterator, (draft) => draft.entries()),
};
