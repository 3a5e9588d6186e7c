import type { Attribute } from '../core/access/index.js';
import type { Patch } from '../core/patch/index.js';
import type { StoredAttribute } from '../core/record/index.js';

/** How one unit modified one attribute, relative to what the attribute was when the unit accessed it. */
export type AttributeChange = ValueChange | Removal;

export interface ValueChange {
  readonly kind: 'value';
  readonly attribute: Attribute;
  /** What the unit started from. */
  readonly base: StoredAttribute;
  /** From `base` to `after`; never empty. */
  readonly patch: Patch;
  /** The attribute as the unit left it, frozen. */
  readonly after: unknown;
}

/** Back to the default: nothing is stored of the attribute any more. */
export interface Removal {
  readonly kind: 'removal';
  readonly attribute: Attribute;
  readonly base: StoredAttribute;
}
