import { isObject } from '../graph/is-object.js';
import { STAND_IN_SLOTS } from '../graph/stand-in.js';
import { Draft, DRAFT, draftBehind } from './draft.js';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * A draft of a Map or Set. The language's own methods refuse a proxy, so each is answered with one that works on the
 * draft, and on any other Map or Set as the original does.
 */
export abstract class CollectionDraft extends Draft {
  protected abstract readonly methods: Readonly<Record<PropertyKey, Method>>;
  protected abstract readonly prototype: object;
  protected abstract readonly size: number;

  get(shell: object, key: PropertyKey, receiver: unknown): unknown {
    if (key === DRAFT) return receiver === this.handedOut ? this : undefined;
    if (key === STAND_IN_SLOTS) return () => this.slots().map((slot) => this.fromSlot(slot));
    if (key === 'size') return this.size;
    if (Object.hasOwn(this.methods, key)) return this.methods[key];
    const inherited: unknown = Reflect.get(shell, key, receiver);
    if (typeof inherited !== 'function' || key === 'constructor' || !Object.hasOwn(this.prototype, key))
      return inherited;
    return throughCopy(inherited as Method);
  }

  fromSlot(slot: unknown, at?: unknown): unknown {
    return this.handOut(slot, at);
  }

  /** A real collection of what users see. */
  abstract snapshot(): object;

  /** Takes over the content of a real collection if it isn't what `snapshot` gave. */
  abstract takeOver(changed: object): void;
}

/** A method that this package doesn't know, maybe of a newer language: whatever it does is done to the draft as well. */
function throughCopy(original: Method): Method {
  return function (...args) {
    const draft = isObject(this) ? draftBehind(this) : undefined;
    if (!(draft instanceof CollectionDraft)) return original.apply(this, args);
    const copy = draft.snapshot();
    const result = original.apply(copy, args);
    draft.takeOver(copy);
    return result === copy ? this : result;
  };
}
