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

/** Told of every commit this node makes; must not throw and must return at once. */
export interface CommitObserver {
  /** Whether anybody listens: reports aren't made for nobody. */
  readonly isListening: boolean;
  committed(report: CommitReport): void;
}
