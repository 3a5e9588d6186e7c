import type { AttributeName, DeepReadonly } from '../core/access/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import type { UnitOfWork } from '../engine/index.js';
import { requireUnit, type UnitSlot } from './unit-slot.js';

/**
 * The session of the running unit of work, typed by its session class. Synchronous on an open session: reads see the
 * revision that was opened and the unit's own changes; what was modified is committed when the unit ends.
 *
 * Every member throws NoUnitError outside a unit, SessionNotOpenError before the session is open (constructors,
 * middleware, guards) and UnitEndedError after the unit's end.
 */
export class SessionState<T extends object = Record<string, unknown>> {
  readonly #slot: UnitSlot | undefined;

  constructor(slot: UnitSlot | undefined) {
    this.#slot = slot;
  }

  /**
   * An attribute, read-only: no mutable access. After `mutate` in the same unit, the working copy.
   * @throws AttributeDecodeError when it can't be read, unless `onUndecodable` has it otherwise
   */
  read<K extends AttributeName<T>>(name: K): DeepReadonly<T[K]> {
    return this.#unit(`read('${name}')`).read(name) as DeepReadonly<T[K]>;
  }

  /**
   * A mutable attribute, for change: a mutable access, compared with the benchmark at commit.
   * @throws ImmutableAttributeError when it isn't declared `mutable`, or in a read-only unit; AttributeVersionError when
   *   it is stored under a newer version than this node's; AttributeDecodeError when it can't be read
   */
  mutate<K extends AttributeName<T>>(name: K): T[K] {
    return this.#unit(`mutate('${name}')`).mutate(name) as T[K];
  }

  /**
   * Assigns an attribute, also one that can't be read. A mutable one takes the object itself: what is done to it later in
   * the unit counts. Parts that `read` gave are frozen; at the next `mutate` copies take their place in the object.
   * @throws UnsupportedValueError naming the path of what can't be stored; AttributeVersionError when the attribute is
   *   stored under a newer version than this node's
   */
  set<K extends AttributeName<T>>(name: K, value: T[K]): void {
    this.#unit(`set('${name}')`).set(name, value);
  }

  /** Sets an attribute back to its default, also one that can't be read. @throws AttributeVersionError as `set` */
  delete(name: AttributeName<T>): void {
    this.#unit(`delete('${name}')`).delete(name);
  }

  /**
   * Changes an attribute by a synchronous function: in place if it is mutable, or to what the function returns.
   * @throws TypeError for an asynchronous function; else as `mutate` (of a mutable attribute), `read` and `set`
   */
  update<K extends AttributeName<T>>(name: K, change: (value: T[K]) => T[K] | void): void {
    this.#unit(`update('${name}')`).update(name, (value) => change(value as T[K]));
  }

  /** Commits early what was modified so far. @throws CommitConflictError | SessionEndedError | StoreUnavailableError … */
  commit(): Promise<void> {
    return this.#unit('commit()').commit();
  }

  /** Gives up uncommitted changes and reads again; objects handed out before are abandoned. */
  reload(): Promise<void> {
    return this.#unit('reload()').reload();
  }

  /** Gives the session a new id and keeps its data: call it at sign-in, against session fixation. */
  regenerate(): Promise<void> {
    return this.#unit('regenerate()').regenerate();
  }

  /** Ends the session for good. @param reason a word for the record, default `logout` */
  end(reason?: string): Promise<void> {
    return this.#unit('end()').end(reason);
  }

  /** What the store and logs know the session by; undefined while nothing is stored. Never the bearer id. */
  get key(): SessionKey | undefined {
    return this.#unit('key').key;
  }

  /** Whether nothing is stored of the session yet. */
  get isNew(): boolean {
    return this.#unit('isNew').isNew;
  }

  /** Revision that this unit sees; 0 while nothing is stored. */
  get revision(): Revision {
    return this.#unit('revision').revision;
  }

  /** When the session expires if nothing more happens, epoch milliseconds; undefined while nothing is stored. */
  get expiresAt(): number | undefined {
    return this.#unit('expiresAt').expiresAt;
  }

  #unit(access: string): UnitOfWork {
    return requireUnit(this.#slot, `SessionState.${access}`);
  }
}
