import type { Class } from './declare-attribute.js';
import type { MergePolicy } from '../patch/index.js';
import type { TrackPolicy } from './track-policy.js';

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
   * What happens when two units change the same part of the attribute at the same time. Disjoint changes always merge.
   * `reject`: the later one gets a CommitConflictError. `lastWriteWins`: the later one overwrites. A policy such as
   * `Counter` or `AddWinsSet`, or a function of (base, ours, theirs), decides itself.
   * @default 'reject'
   */
  readonly merge?: AttributeMerge<T>;
}

export type AttributeMerge<T = unknown> =
  | 'reject'
  | 'lastWriteWins'
  | MergePolicy<T>
  | ((base: T, ours: T, theirs: T) => T);

export const ATTRIBUTE_OPTION_NAMES: readonly string[] = [
  'mutable',
  'track',
  'type',
  'merge',
] satisfies (keyof AttributeOptions)[];

/** Options that are designed but not built: refused as such, so that nobody relies on them in vain. */
export const ATTRIBUTE_OPTIONS_NOT_BUILT: Readonly<Record<string, string>> = {
  index: "sessions can't be found by an attribute",
  lazy: 'every attribute is read when the session is opened',
  lock: 'every unit is optimistic',
};
