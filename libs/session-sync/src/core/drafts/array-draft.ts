import { copyElements } from '../graph/copy-elements.js';
import { isObject } from '../graph/is-object.js';
import type { ValueClass } from '../graph/value-kind.js';
import { draftBehind } from './draft.js';
import type { DraftScope } from './draft-scope.js';
import type { Reached } from './known-object.js';
import { PropertyDraft } from './property-draft.js';

/** A draft of an array. Its mutators work on the copy at once, not element by element through the proxy. */
export class ArrayDraft extends PropertyDraft {
  constructor(scope: DraftScope, base: object, found: ValueClass, reached: Reached | undefined) {
    super(scope, base, found, reached, []);
  }

  override get(shell: object, key: PropertyKey, receiver: unknown): unknown {
    if (typeof key === 'string' && Object.hasOwn(MUTATORS, key) && !Object.hasOwn(this.current, key)) {
      return MUTATORS[key];
    }
    return super.get(shell, key, receiver);
  }

  /** The elements to write to, as slots. */
  get elements(): unknown[] {
    return this.toWrite() as unknown[];
  }

  get length(): number {
    return (this.current as unknown[]).length;
  }

  toSlot(value: unknown): unknown {
    return this.scope.toSlot(value);
  }

  fromSlot(slot: unknown): unknown {
    return this.handOut(slot, undefined);
  }

  protected override copyBase(): object {
    return copyElements(this.base as unknown[]);
  }

  protected override isFixed(key: PropertyKey): boolean {
    return key === 'length';
  }
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** Callable like the method it takes the place of: on any array. `edit` gets that method too. */
function mutator(
  name: string,
  edit: (draft: ArrayDraft, args: readonly unknown[], original: Method) => unknown,
): Method {
  const original = Reflect.get(Array.prototype, name) as Method;
  return function (...args) {
    const draft = isObject(this) ? draftBehind(this) : undefined;
    return draft instanceof ArrayDraft ? edit(draft, args, original) : original.apply(this, args);
  };
}

/** Calls the original on the slots; `count` arguments come before those that are elements. */
function onSlots(draft: ArrayDraft, args: readonly unknown[], original: Method, count: number): unknown {
  const slots = args.map((arg, index) => (index < count ? arg : draft.toSlot(arg)));
  const { elements } = draft;
  const result = original.apply(elements, slots);
  if (result === elements) return draft.handedOut;
  return Array.isArray(result) ? result.map((slot) => draft.fromSlot(slot)) : draft.fromSlot(result);
}

const adding = (name: string): Method =>
  mutator(name, (draft, args, original) => (args.length === 0 ? draft.length : onSlots(draft, args, original, 0)));

const removing = (name: string): Method =>
  mutator(name, (draft, args, original) => (draft.length === 0 ? undefined : onSlots(draft, args, original, 0)));

const MUTATORS: Readonly<Record<string, Method>> = {
  push: adding('push'),
  unshift: adding('unshift'),
  pop: removing('pop'),
  shift: removing('shift'),
  splice: mutator('splice', (draft, args, original) => onSlots(draft, args, original, 2)),
  reverse: mutator('reverse', (draft, args, original) => onSlots(draft, args, original, 0)),
  copyWithin: mutator('copyWithin', (draft, args, original) => onSlots(draft, args, original, 3)),
  fill: mutator('fill', (draft, [value, ...range], original) => {
    original.apply(draft.elements, [draft.toSlot(value), ...range]);
    return draft.handedOut;
  }),
  // The comparing function sees what users see.
  sort: mutator('sort', (draft, args, original) => {
    const { elements } = draft;
    const sorted = elements.map((slot) => draft.fromSlot(slot));
    original.apply(sorted, [...args]);
    for (let index = 0; index < sorted.length; index++) {
      if (Object.hasOwn(sorted, index)) elements[index] = draft.toSlot(sorted[index]);
      else Reflect.deleteProperty(elements, index);
    }
    return draft.handedOut;
  }),
};
