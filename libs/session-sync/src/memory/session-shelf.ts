import type { LogMessage, StoredMessage } from '../ports/index.js';
import { NOTHING_STORED, type Revision } from '../core/session/revision.js';

interface Kept {
  readonly message: StoredMessage;
  readonly expiresAt: number;
}

/** The store's own sign that the last message of a session expired. */
interface Marker {
  readonly revision: Revision;
  readonly expiresAt: number;
}

/**
 * What the log keeps of one session. Messages die one by one, as on the real server: when the newest dies before an
 * older one, the older one is the newest again.
 */
export class SessionShelf {
  private kept: Kept[] = [];
  private marker: Marker | undefined;

  get count(): number {
    return this.kept.length;
  }

  get newest(): StoredMessage | undefined {
    return this.kept.at(-1)?.message;
  }

  /** What the next append has to expect. */
  get newestRevision(): Revision {
    return this.newest?.revision ?? this.marker?.revision ?? NOTHING_STORED;
  }

  between(from: Revision, to: Revision): readonly StoredMessage[] {
    const messages = this.kept.map((one) => one.message);
    return messages.filter((message) => message.revision >= from && message.revision <= to);
  }

  put(message: LogMessage, revision: Revision, storedAt: number): void {
    if (message.replacesEarlier) this.kept = [];
    this.marker = undefined;
    const headers = message.headers.map(([name, value]): [string, string] => [name, value]);
    this.kept.push({
      message: { revision, storedAt, headers, body: message.body },
      expiresAt: storedAt + Math.ceil(message.keepMs / 1000) * 1000,
    });
  }

  /** Removes what has expired at `now`; the last message leaves a marker at `nextRevision()` that lives `markerMs`. */
  expire(now: number, markerMs: number, nextRevision: () => Revision): void {
    const alive = this.kept.filter((one) => one.expiresAt > now);
    if (alive.length === 0 && this.kept.length > 0) {
      const emptiedAt = Math.max(...this.kept.map((one) => one.expiresAt));
      this.marker = { revision: nextRevision(), expiresAt: emptiedAt + markerMs };
    }
    this.kept = alive;
    if (this.marker !== undefined && this.marker.expiresAt <= now) this.marker = undefined;
  }
}
