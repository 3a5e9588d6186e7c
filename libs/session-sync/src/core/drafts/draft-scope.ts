import type { PathStep } from '../graph/graph-path.js';
import type { KnownObject } from './known-object.js';

/**
 * What the drafts of one value share. In their slots an object of the base stands for its draft, a `RawPart` for an
 * object that was put there, and never a proxy.
 */
export interface DraftScope {
  /** What users get for a slot of `holder`. */
  handOut(slot: unknown, holder: KnownObject, at: unknown): unknown;
  /** What users gave, as a slot. */
  toSlot(value: unknown): unknown;
  /** To be called before each write. Throws when the drafts can't be written to any more. */
  noteWrite(draft: KnownObject): void;
  /** @throws UnsupportedValueError that names the object, or the part of it at `step` */
  refuse(object: KnownObject, reason: string, step?: PathStep): never;
}
