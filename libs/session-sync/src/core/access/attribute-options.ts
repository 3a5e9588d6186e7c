import type { Class } from './declare-attribute.js';
import type { AttributeMigrations } from '../codec/index.js';
import type { MergePolicy } from '../patch/index.js';
import type { UndecodablePolicy } from './version-options.js';
import type { TrackPolicy } from './track-policy.js';
import type { AttributeValidator } from '../validation/index.js';

/** How one attribute of a session class is kept. */
export interface AttributeOptions<T = unknown> {
  /**
   * Whether handing the attribute out for change counts as a mutable access. Without it the attribute is an immutable
   * value: it is handed out frozen, and only assigning it is a write.
   * @default false
   */
  readonly mutable?: boolean;
  /**
   * What counts as a mutable access. `proxy` is for attributes so large that copying and comparing them costs more than
   * what is read and written of them; `all` for code that changes what it reads. All but `set` need `mutable: true`.
   * @default 'read' for a mutable attribute, else 'set'
   */
  readonly track?: TrackPolicy;
  /**
   * The class of the value, where TypeScript doesn't emit it (`Date | null`) or the default doesn't tell it.
   * @default the declared type, else the class of the default value
   */
  readonly type?: () => Class;
  /**
   * What the attribute is while nothing is stored of it: for properties without an initialiser (`cart!: Cart`), and
   * refused beside one. Asked once, when the application starts; each unit gets a copy of its own. Nothing is stored
   * until the attribute is modified, so it must give the same on every node: no times, no random ids. Only of a `local`
   * attribute it is asked anew for each session.
   * @default the property's value in a fresh instance of the session class
   */
  readonly default?: () => T;
  /**
   * What happens when two units change the same part of the attribute at the same time. Disjoint changes always merge.
   * `reject`: the later one gets a CommitConflictError. `lastWriteWins`: the later one overwrites. `retry`: `sync.run`
   * does its work again on the fresh state; a handler can't be run twice, so it gets the CommitConflictError. A policy
   * such as `Counter` or `AddWinsSet`, or a function of (base, ours, theirs), decides itself.
   * @default 'reject'
   */
  readonly merge?: AttributeMerge<T>;
  /**
   * Under which version the value is stored: raise it, and add a step to `migrate`, whenever the stored form of the value
   * changes so that older nodes or older values can't go on. A value that is stored under a newer version can be read
   * here, as it is and frozen; a write access throws AttributeVersionError. While nodes of both versions run, the older
   * ones lose the attribute, for writing, in each session that a newer one has modified it in.
   * @default 1; whole numbers up to 999,999
   */
  readonly version?: number;
  /**
   * How older values become today's: one step for each earlier version, by the version it starts from; the earliest may
   * be left out once nothing of them is stored any more. A step gets the stored value: instances of classes that the
   * session still holds as such, plain objects in place of those of all other classes and of those that class-transformer
   * converts. It may change that value, and must return the new one, the same for the same input on every node. The value
   * is migrated when it is first accessed; the first commit that modifies it stores it whole under the new version, and
   * nothing is stored before. A step that throws, or gives undefined or what can't be stored: see `onUndecodable`.
   * @default none; needed from version 2 on, unless `onUndecodable` says what becomes of older values
   *
   * @example
   * class ShopSession {
   *   \@SessionAttr({ version: 2, migrate: { 1: (old: string) => ({ first: old, last: '' }) } })
   *   name: { first: string; last: string } = { first: '', last: '' };
   * }
   */
  readonly migrate?: AttributeMigrations;
  /**
   * What becomes of the attribute when its stored text can't be read: damaged, of a class that isn't registered, or its
   * migration failed. `throw`: reading it throws AttributeDecodeError. `dropAttribute`: it is its default again, and
   * what is stored stays until it is modified next. `freshSession`: the request goes on without a session, as if it had
   * come without one; the stored one is left alone. `sync.stats()` counts what was dropped.
   * @default the module's `onUndecodable`, which is 'throw' unless given
   */
  readonly onUndecodable?: UndecodablePolicy;
  /**
   * When the attribute counts as modified. `graph`: when its object graphs differ, the order of an object's properties
   * aside. `binary`: when its canonical bytes differ; no benchmark is kept until they do. `equals`: when the value's own
   * `equals(other)` says so. A function of (before, after) answers whether both are equal; it gets both frozen. What is
   * sent is the difference of the object graphs in each case, so a comparator can keep differences back, never add any.
   * One that throws, or doesn't answer true or false, fails its unit with an AttributeCompareError.
   * @default 'graph'
   */
  readonly compare?: AttributeCompare<T>;
  /**
   * Judges the attribute when a unit that modified it commits, and again when that had to be merged with another unit's
   * changes, before anything is sent: InvalidAttributeError (422) with everything that is wrong. A function or a
   * Standard Schema (zod, valibot, arktype); it must answer at once. What a schema would make of the value isn't stored,
   * and a default isn't judged.
   * @default nothing is judged
   */
  readonly validate?: AttributeValidator<NoInfer<T>>;
  /**
   * Most bytes of the attribute, encoded. A commit that would leave more is refused before anything is sent:
   * SessionTooLargeError (413) with the attribute's name. At least 1.
   * @default no limit but that of the session
   */
  readonly maxBytes?: number;
  /**
   * The attribute is kept by this node alone: never stored, sent, compared or told, so it may hold anything, sockets and
   * functions too. It is handed out as it is, and writing it takes effect at once, whatever becomes of the unit. It lives
   * with the node's client state of the session: when that is dropped, on another node and after a restart it begins
   * again with its default. Only `default` may stand beside it.
   * @default false
   */
  readonly local?: boolean;
  /**
   * The attribute's values and patches, and paths inside of it, never appear in commit reports, errors and logs. They
   * are stored **in the clear** as long as encryption isn't built.
   * @default false
   */
  readonly secret?: boolean;
}

/** What decides when two units changed the same part of an attribute; `merge` in `AttributeOptions` says what each does. */
export type AttributeMerge<T = unknown> =
  | 'reject'
  | 'lastWriteWins'
  | 'retry'
  | MergePolicy<T>
  | ((base: T, ours: T, theirs: T) => T);

/** What decides whether an attribute was modified; `compare` in `AttributeOptions` says what each does. */
export type AttributeCompare<T = unknown> = 'graph' | 'binary' | 'equals' | ((before: T, after: T) => boolean);

export const ATTRIBUTE_OPTION_NAMES: readonly string[] = [
  'mutable',
  'track',
  'type',
  'default',
  'merge',
  'version',
  'migrate',
  'onUndecodable',
  'compare',
  'validate',
  'maxBytes',
  'local',
  'secret',
] satisfies (keyof AttributeOptions)[];

/** Options that are designed but not built: refused as such, so that nobody relies on them in vain. */
export const ATTRIBUTE_OPTIONS_NOT_BUILT: Readonly<Record<string, string>> = {
  index: "sessions can't be found by an attribute",
  lazy: 'every attribute is read when the session is opened',
  lock: 'every unit is optimistic',
};
