import type { ValueClass } from '../graph/value-kind.js';

/** The object through which another was first reached, and where in it: a property name, the key of a Map entry. */
export interface Reached {
  readonly holder: KnownObject;
  readonly at: unknown;
}

/** An object of the frozen base of which something was handed out. */
export interface KnownObject {
  readonly base: object;
  readonly found: ValueClass;
  /** Undefined for the root. */
  readonly reached: Reached | undefined;
  /** What users hold instead of it: always the same. */
  readonly handedOut: object;
}
