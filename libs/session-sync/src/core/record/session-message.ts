import type { Epoch, FencingToken, Revision } from '../session/revision.js';
import type { NodeId, SessionKey } from '../session/identity.js';
import type { BodyLine } from './message-body.js';

/** Version of headers and bodies, written into every message. A node refuses to read a newer one. */
export const FORMAT_VERSION = 1;

export type MessageKind = 'snapshot' | 'delta' | 'end';

/** Names one message of one node, so that a commit whose answer was lost can be found again. */
export interface CommitId {
  readonly node: NodeId;
  /** Counts the node's messages, all sessions together. */
  readonly counter: number;
}

/** Who may publish: nobody in particular while `holder` is undefined. */
export interface SessionLock {
  readonly holder: NodeId | undefined;
  readonly token: FencingToken;
}

export interface SessionLife {
  /** The session expires this long after its newest message, milliseconds. */
  readonly idleMs: number;
  /** … and at this time of the store's clock at the latest, epoch milliseconds. */
  readonly absoluteAt: number;
  /** How long the store keeps this message, milliseconds: more than the session can live on it. */
  readonly keepMs: number;
}

/** How this message hangs on those before it: what a reader needs to fold the session exactly. */
export interface MessageChain {
  /** Revision of the snapshot below; 0 in a snapshot or an end, which stand alone. */
  readonly base: Revision;
  /** Deltas since the base, this one included. */
  readonly deltas: number;
  /** Bytes of those deltas: bodies plus {@link NOMINAL_HEADER_BYTES} each. */
  readonly bytes: number;
  /** Revision of the message before this one; 0 = none. */
  readonly previous: Revision;
}

/** What a message's headers are taken to weigh in {@link MessageChain.bytes}: a constant every node computes alike. */
export const NOMINAL_HEADER_BYTES = 320;

export interface SeenCommit extends CommitId {
  readonly revision: Revision;
}

/** The last message of each node that a snapshot has swallowed. */
export interface SeenCommits {
  /** The list is complete for every message with this revision or a later one. */
  readonly completeFrom: Revision;
  readonly commits: readonly SeenCommit[];
}

export interface SessionEnd {
  /** `logout`, `expired`, `moved`, or the application's own word. */
  readonly reason: string;
  /** Where the session goes on, when it got a new id. */
  readonly movedTo?: SessionKey;
  /** How long units that had opened the old key may follow it, milliseconds. */
  readonly graceMs?: number;
}

/** One event in the life of a session. */
export interface SessionMessage {
  readonly kind: MessageKind;
  readonly epoch: Epoch;
  readonly lock: SessionLock;
  readonly by: CommitId;
  readonly life: SessionLife;
  readonly chain: MessageChain;
  /** In snapshots and ends. */
  readonly seen: SeenCommits | undefined;
  /** In ends. */
  readonly end: SessionEnd | undefined;
  readonly lines: readonly BodyLine[];
}
