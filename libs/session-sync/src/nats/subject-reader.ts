import type { Revision } from '../core/session/revision.js';
import type { Clock } from '../ports/index.js';
import type { Found } from './stored-message.js';

/** The time left for a read that may take several questions. */
export class Deadline {
  private readonly endMs: number;

  constructor(
    private readonly clock: Clock,
    timeoutMs: number,
  ) {
    this.endMs = clock.monotonicMs() + timeoutMs;
  }

  /** At least 1, so that the question asked with it fails by itself. */
  leftMs(): number {
    return Math.max(1, this.endMs - this.clock.monotonicMs());
  }
}

/**
 * Reads the messages of one subject. All throw StoreUnavailableError when no answer comes in time.
 */
export interface SubjectReader {
  /** The newest one, undefined when the subject is empty. */
  newest(subject: string, deadline: Deadline): Promise<Found | undefined>;
  /** The first one at or after `from`, undefined when there is none. */
  next(subject: string, from: Revision, deadline: Deadline): Promise<Found | undefined>;
  /** Those from `from` to `to`, in order, at most as many as a subject may have. */
  range(subject: string, from: Revision, to: Revision, deadline: Deadline): Promise<readonly Found[]>;
}

export function revisionOf(found: Found): Revision {
  return found.kind === 'message' ? found.message.revision : found.revision;
}

/** The revision after `revision`. */
export function after(revision: Revision): Revision {
  return (revision + 1) as Revision;
}
