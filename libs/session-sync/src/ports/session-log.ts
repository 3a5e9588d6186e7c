import type { Revision } from '../core/session/revision.js';
import type { SessionKey } from '../core/session/identity.js';

/** A message of a session as the log carries it: opaque headers and body (core/record makes and reads them). */
export interface LogMessage {
  readonly headers: readonly LogHeader[];
  /** UTF-8 text. */
  readonly body: string;
  /** Whether this message replaces all earlier ones of the session. */
  readonly replacesEarlier: boolean;
  /** How long the store keeps the message at least, in milliseconds; whole seconds, rounded up. */
  readonly keepMs: number;
}

/** One header of a message: a name and its value, as sent. */
export type LogHeader = readonly [name: string, value: string];

/** A message as it was stored. */
export interface StoredMessage {
  readonly revision: Revision;
  /** The store's own clock when it accepted the message, epoch milliseconds. */
  readonly storedAt: number;
  readonly headers: readonly LogHeader[];
  readonly body: string;
}

/** What became of an append. The first three are certain; only `ambiguous` leaves open whether it was stored. */
export type AppendOutcome =
  | { readonly kind: 'accepted'; readonly revision: Revision }
  /** The newest message of the session isn't the expected one. */
  | { readonly kind: 'refused' }
  /** Another write of the session is in flight: not stored, ask again. */
  | { readonly kind: 'busy' }
  /** The session has as many messages as the store keeps; only one that replaces the earlier ones passes. */
  | { readonly kind: 'full' }
  /** Larger than the store takes; nothing was sent. */
  | { readonly kind: 'tooLarge'; readonly bytes: number; readonly maxBytes: number }
  /** Not stored: the store can't be reached, refuses this client, or has no room. */
  | { readonly kind: 'unavailable'; readonly what: string }
  | { readonly kind: 'ambiguous'; readonly what: string };

/** What the store has as a session's newest message. */
export type NewestMessage =
  | { readonly kind: 'message'; readonly message: StoredMessage }
  /** The newest is still the revision the caller named as known. */
  | { readonly kind: 'unchanged' }
  /** Nothing stored, or only the store's own removal marker: the next append expects `revision`. */
  | { readonly kind: 'absent'; readonly revision: Revision };

/**
 * The primary state as an ordered log: one subject per session, appended to by compare-and-set.
 *
 * Contract, held by every implementation (test/contract/session-log):
 * - `append` stores the message only if the session's newest revision is `expected` (0 = none); revisions grow.
 * - Of concurrent appends with one `expected`, at most one is accepted.
 * - The outcome is a value, never an exception, for everything a store can answer; it comes within `timeoutMs`.
 * - `readNewest` never answers with less than what was acknowledged before it was asked (it asks the leader).
 * - Messages come back as they were appended, headers in order.
 */
export interface SessionLog {
  append(key: SessionKey, message: LogMessage, expected: Revision, timeoutMs: number): Promise<AppendOutcome>;

  /**
   * The newest message of a session. With `known`, a message the caller has, the answer may be `unchanged`.
   * @throws StoreUnavailableError when no answer came within `timeoutMs`.
   */
  readNewest(key: SessionKey, known: KnownMessage | undefined, timeoutMs: number): Promise<NewestMessage>;

  /**
   * The session's messages with `from` ≤ revision ≤ `to`, in order, as far as they still exist.
   * @throws StoreUnavailableError when no answer came within `timeoutMs`.
   */
  readRange(key: SessionKey, from: Revision, to: Revision, timeoutMs: number): Promise<readonly StoredMessage[]>;

  /**
   * Revision of the newest message of any session kept where `key` is kept: how far that device has come.
   * @throws StoreUnavailableError
   */
  reached(key: SessionKey, timeoutMs: number): Promise<Revision>;

  /** Most bytes of headers and body that one message may have. */
  readonly maxMessageBytes: number;

  /** Most messages one session may have before one must replace the others. */
  readonly maxMessages: number;

  /** The store's clock, epoch milliseconds, as well as this node knows it. */
  storeNow(): number;
}

/** A message the caller already has. */
export interface KnownMessage {
  readonly revision: Revision;
  /** Its size: lets the log choose the cheaper question. */
  readonly bytes: number;
}
