import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';

/** What one accepted message stored, for logs, metrics and pages that show it. */
export interface CommitReport {
  readonly key: SessionKey;
  readonly revision: Revision;
  readonly kind: 'snapshot' | 'delta' | 'end';
  /** Units whose changes went into this message (group commit). */
  readonly units: number;
  /** The difference: one line per attribute, see docs/protocol.md; of a secret attribute only its name. */
  readonly difference: string;
  /** Bytes of body and of our headers that were sent. */
  readonly sentBytes: number;
  /** Bytes a save of the whole session would have sent. */
  readonly fullSaveBytes: number;
}

/** An attribute that couldn't be read, and was passed over as its policy says. */
export interface UndecodableReport {
  /** The session it is stored in. */
  readonly key: SessionKey | undefined;
  /** Revision of the session that it was found in, where that is known. */
  readonly revision: Revision | undefined;
  readonly attribute: string;
  /** Why it can't be read; quotes no more than a class or a tag of the stored text. */
  readonly reason: string;
  readonly policy: 'dropAttribute' | 'freshSession';
}

/** Something that works, but hardly as meant. */
export interface CommitWarning {
  /** One object was put into two attributes; they are stored as two objects, and are two in the next unit. */
  readonly kind: 'sharedObject';
  readonly attributes: readonly [string, string];
}

/** Told of every commit this node makes; must not throw and must return at once. */
export interface CommitObserver {
  /** Whether anybody listens: reports aren't made for nobody. */
  readonly isListening: boolean;
  committed(report: CommitReport): void;
  /** Told of what was passed over, once for each unit and attribute. */
  undecodable(report: UndecodableReport): void;
  /** Told once for each two attributes, whether anybody listens to commits or not. */
  warned(warning: CommitWarning): void;
}
