import { isObject } from '../graph/is-object.js';
import { setSlots } from '../graph/own-slots.js';
import type { ValueClass } from '../graph/value-kind.js';
import { CollectionDraft, type Method } from './collection-draft.js';
import { draftBehind } from './draft.js';
import type { DraftScope } from './draft-scope.js';
import type { Reached } from './known-object.js';

/** A draft of a Set. */
export class SetDraft extends CollectionDraft {
  protected override readonly methods = METHODS;
  protected override readonly prototype = Set.prototype;

  constructor(scope: DraftScope, base: object, found: ValueClass, reached: Reached | undefined) {
    super(scope, base, found, reached, new Set());
  }

  override get size(): number {
    return this.members.size;
  }

  override slots(): unknown[] {
    return setSlots(this.members);
  }

  hasElement(element: unknown): boolean {
    return this.members.has(this.scope.toSlot(element));
  }

  put(element: unknown): void {
    const slot = this.scope.toSlot(element);
    if (!this.members.has(slot)) this.setToWrite.add(slot);
  }

  remove(element: unknown): boolean {
    const slot = this.scope.toSlot(element);
    return this.members.has(slot) && this.setToWrite.delete(slot);
  }

  empty(): void {
    if (this.size > 0) this.setToWrite.clear();
  }

  /** Follows what is added and removed meanwhile, as the language has it. */
  *elements(): Generator {
    for (const slot of this.ownCopy() as Set<unknown>) yield this.fromSlot(slot);
  }

  override snapshot(): Set<unknown> {
    return new Set(this.elements());
  }

  override takeOver(changed: object): void {
    const slots = setSlots(changed as Set<unknown>).map((part) => this.scope.toSlot(part));
    const before = this.slots();
    if (slots.length === before.length && slots.every((slot, index) => Object.is(slot, before[index]))) return;
    this.setToWrite.clear();
    for (const slot of slots) this.setToWrite.add(slot);
  }

  protected override copyBase(): object {
    return new Set(this.base as Set<unknown>);
  }

  private get members(): ReadonlySet<unknown> {
    return this.current as Set<unknown>;
  }

  private get setToWrite(): Set<unknown> {
    return this.toWrite() as Set<unknown>;
  }
}

function method(name: PropertyKey, run: (draft: SetDraft, args: readonly unknown[]) => unknown): Method {
  const original = Reflect.get(Set.prototype, name) as Method;
  return function (...args) {
    const draft = isObject(this) ? draftBehind(this) : undefined;
    return draft instanceof SetDraft ? run(draft, args) : original.apply(this, args);
  };
}

const elements = (name: PropertyKey): Method => method(name, (draft) => draft.elements());

const METHODS: Readonly<Record<PropertyKey, Method>> = {
  has: method('has', (draft, [element]) => draft.hasElement(element)),
  add: method('add', (draft, [element]) => {
    draft.put(element);
    return draft.handedOut;
  }),
  delete: method('delete', (draft, [element]) => draft.remove(element)),
  clear: method('clear', (draft) => {
    draft.empty();
  }),
  forEach: method('forEach', (draft, [visit, thisArg]) => {
    for (const element of draft.elements()) (visit as Method).call(thisArg, element, element, draft.handedOut);
  }),
  keys: elements('keys'),
  values: elements('values'),
  [Symbol.iterator]: elements(Symbol.iterator),
  entries: method('entries', function* (draft) {
    for (const element of draft.elements()) yield [element, element];
  }),
};
