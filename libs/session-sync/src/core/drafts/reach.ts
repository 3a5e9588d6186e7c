import { Draft } from './draft.js';
import type { KnownObject } from './known-object.js';

interface Written {
  readonly written: ReadonlySet<Draft>;
  isTree(): boolean;
}

/**
 * Which objects of the base still belong to the value, by following how they were reached and where they were put, not
 * by a walk of the whole.
 */
export class Reach {
  private readonly holders = new Map<KnownObject, Draft[]>();
  private readonly inRaw = new Set<KnownObject>();
  private readonly parts = new Map<Draft, ReadonlySet<unknown>>();

  constructor(private readonly changes: Written) {}

  /** `known` was put into `holder`. */
  noteHeld(known: KnownObject, holder: Draft): void {
    const holders = this.holders.get(known);
    if (holders === undefined) this.holders.set(known, [holder]);
    else holders.push(holder);
  }

  /** `known` was put into a new object, wherever that is now. */
  noteInRaw(known: KnownObject): void {
    this.inRaw.add(known);
  }

  /** Whether the value holds `known`; undefined when only a walk of the whole can tell. */
  isReached(known: KnownObject): boolean | undefined {
    return this.search(known, new Set());
  }

  /** Up the way it was first reached, as far as that still holds; then whoever was given one of those on it. */
  private search(known: KnownObject, asked: Set<KnownObject>): boolean | undefined {
    const way: KnownObject[] = [];
    for (let at = known; !asked.has(at); at = at.reached.holder) {
      asked.add(at);
      way.push(at);
      if (at.reached === undefined) return true;
      if (!this.isStillHeld(at.base, at.reached.holder)) break;
    }
    let isCertain = this.changes.isTree();
    for (const object of way) {
      if (this.inRaw.has(object)) isCertain = false;
      for (const holder of this.holders.get(object) ?? []) {
        const answer = this.search(holder, asked);
        if (answer === true) return true;
        if (answer === undefined) isCertain = false;
      }
    }
    return isCertain ? false : undefined;
  }

  private isStillHeld(base: object, holder: KnownObject): boolean {
    if (!(holder instanceof Draft) || !this.changes.written.has(holder)) return true;
    let parts = this.parts.get(holder);
    if (parts === undefined) this.parts.set(holder, (parts = new Set(holder.slots())));
    return parts.has(base);
  }
}
