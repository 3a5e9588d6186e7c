import type { SessionRecord } from '../core/record/index.js';
import type { SessionId, SessionKey } from '../core/session/identity.js';

/** What a unit does when nothing is stored under the id or key it came with. */
export type WhenAbsent =
  /** Anonymous: the first modification creates a session with a new id. */
  | 'newId'
  /** The first modification creates the session under the very key. */
  | 'sameKey'
  /** Reads see defaults; a modification is refused. */
  | 'refuse';

/** What the client must be told about its id when the unit is over. */
export type UnitIdentity =
  | { readonly kind: 'same' }
  | { readonly kind: 'issued'; readonly id: SessionId }
  | { readonly kind: 'ended' };

export interface UnitOrigin {
  readonly key: SessionKey | undefined;
  /** What was stored when the unit opened the session; undefined when nothing was. */
  readonly record: SessionRecord | undefined;
  readonly whenAbsent: WhenAbsent;
  readonly isReadOnly: boolean;
}
