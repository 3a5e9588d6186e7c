import type { SessionKey } from '../core/session/identity.js';
import { NOTHING_STORED, type Revision } from '../core/session/revision.js';
import type {
  AppendOutcome,
  Clock,
  KnownMessage,
  LogMessage,
  NewestMessage,
  SessionLog,
  StoredMessage,
} from '../ports/index.js';
import { messageBytes } from './message-size.js';
import { SessionShelf } from './session-shelf.js';

/** The time and bounds of a log in memory. */
export interface MemorySessionLogOptions {
  /** Time by which messages expire. */
  readonly clock: Clock;
  /** The store's clock when `clock` stood at 0, epoch milliseconds; default 2025-01-01. */
  readonly startedAt?: number;
  /** Default 1 MiB, as the real server's `max_payload`. */
  readonly maxMessageBytes?: number;
  /** Default 1,024. */
  readonly maxMessages?: number;
  /** How long the marker of an expired session stands, in milliseconds; default 60,000. */
  readonly markerMs?: number;
}

/**
 * The session log in this process: for tests and simulations. Several nodes share the state of one log by sharing the
 * instance. Nothing survives the process.
 */
export class MemorySessionLog implements SessionLog {
  readonly maxMessageBytes: number;
  readonly maxMessages: number;
  private readonly clock: Clock;
  private readonly startedAt: number;
  private readonly markerMs: number;
  private readonly shelves = new Map<SessionKey, SessionShelf>();
  private lastRevision = 0;

  constructor(options: MemorySessionLogOptions) {
    this.clock = options.clock;
    this.startedAt = options.startedAt ?? Date.UTC(2025, 0, 1);
    this.maxMessageBytes = options.maxMessageBytes ?? 1024 * 1024;
    this.maxMessages = options.maxMessages ?? 1024;
    this.markerMs = options.markerMs ?? 60_000;
  }

  async append(key: SessionKey, message: LogMessage, expected: Revision, _timeoutMs: number): Promise<AppendOutcome> {
    const bytes = messageBytes(message);
    if (bytes > this.maxMessageBytes) return { kind: 'tooLarge', bytes, maxBytes: this.maxMessageBytes };
    await Promise.resolve();
    const outcome = this.store(key, message, expected);
    await Promise.resolve();
    return outcome;
  }

  async readNewest(key: SessionKey, known: KnownMessage | undefined, _timeoutMs: number): Promise<NewestMessage> {
    await Promise.resolve();
    const shelf = this.shelf(key);
    const message = shelf.newest;
    await Promise.resolve();
    if (message === undefined) return { kind: 'absent', revision: shelf.newestRevision };
    return message.revision === known?.revision ? { kind: 'unchanged' } : { kind: 'message', message };
  }

  async readRange(
    key: SessionKey,
    from: Revision,
    to: Revision,
    _timeoutMs: number,
  ): Promise<readonly StoredMessage[]> {
    await Promise.resolve();
    const messages = this.shelf(key).between(from, to);
    await Promise.resolve();
    return messages;
  }

  async reached(_key: SessionKey, _timeoutMs: number): Promise<Revision> {
    await Promise.resolve();
    return this.lastRevision === 0 ? NOTHING_STORED : (this.lastRevision as Revision);
  }

  storeNow(): number {
    return this.startedAt + this.clock.monotonicMs();
  }

  private store(key: SessionKey, message: LogMessage, expected: Revision): AppendOutcome {
    const shelf = this.shelf(key);
    if (shelf.newestRevision !== expected) return { kind: 'refused' };
    if (shelf.count >= this.maxMessages && !message.replacesEarlier) return { kind: 'full' };
    const revision = this.nextRevision();
    shelf.put(message, revision, this.storeNow());
    return { kind: 'accepted', revision };
  }

  private shelf(key: SessionKey): SessionShelf {
    let shelf = this.shelves.get(key);
    if (shelf === undefined) {
      shelf = new SessionShelf();
      this.shelves.set(key, shelf);
    }
    shelf.expire(this.storeNow(), this.markerMs, () => this.nextRevision());
    return shelf;
  }

  private nextRevision(): Revision {
    this.lastRevision += 1;
    return this.lastRevision as Revision;
  }
}
