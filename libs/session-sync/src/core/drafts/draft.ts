import type { ValueClass } from '../graph/value-kind.js';
import type { DraftScope } from './draft-scope.js';
import type { KnownObject, Reached } from './known-object.js';

/** Under this key a proxy answers with its draft. */
export const DRAFT: unique symbol = Symbol('draft');

/**
 * One object of a frozen value as it may be changed: a proxy of it, copied (not its parts) at the first write. It is the
 * handler of its own proxy.
 */
export abstract class Draft implements KnownObject, ProxyHandler<object> {
  readonly handedOut: object;
  private copied: object | undefined;

  /** `shell` is an empty object of the same class: what the language asks of a proxy's target holds of it, not of the base. */
  constructor(
    protected readonly scope: DraftScope,
    readonly base: object,
    readonly found: ValueClass,
    readonly reached: Reached | undefined,
    shell: object,
  ) {
    this.handedOut = new Proxy(shell, this);
  }

  /** Its parts as they are now, as slots (see `DraftScope`) in the order of `ownSlots`. */
  abstract slots(): unknown[];

  protected abstract copyBase(): object;

  isIn(scope: DraftScope): boolean {
    return this.scope === scope;
  }

  /** Names of its properties, for objects that have some. */
  keys(): string[] {
    return [];
  }

  setPrototypeOf(_shell: object, prototype: object | null): boolean {
    if (prototype === Object.getPrototypeOf(this.handedOut)) return true;
    return this.scope.refuse(this, "the class of an object can't be changed: put another object in its place");
  }

  preventExtensions(): boolean {
    return this.scope.refuse(this, "it can't be frozen or sealed while it is open for change: freeze a copy");
  }

  protected get current(): object {
    return this.copied ?? this.base;
  }

  /** The copy, made without a write: for what goes on while others may write. */
  protected ownCopy(): object {
    return (this.copied ??= this.copyBase());
  }

  protected toWrite(): object {
    this.scope.noteWrite(this);
    return this.ownCopy();
  }

  protected handOut(slot: unknown, at: unknown): unknown {
    // Most parts are primitives, and most of the time goes here.
    return typeof slot === 'object' && slot !== null ? this.scope.handOut(slot, this, at) : slot;
  }
}

/** The draft whose proxy `object` is. */
export function draftBehind(object: object): Draft | undefined {
  const draft: unknown = (object as { readonly [DRAFT]?: unknown })[DRAFT];
  return draft instanceof Draft ? draft : undefined;
}
