import { LRUCache } from 'lru-cache';
import { snapshotBytesAtMost, type SessionRecord } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { LocalStates } from './local-attributes.js';
import { NOTHING_STORED, type Revision } from '../core/session/revision.js';

/** Floors outlive the records: they are small, and a node that forgets one could go back in time. */
const FLOORS_PER_SESSION = 10;

/**
 * This node's copies of sessions, newest revision known of each. Records are immutable, so an eviction never touches
 * a unit that works on one.
 */
export class ClientStates {
  private readonly records: LRUCache<SessionKey, SessionRecord>;
  private readonly floors: LRUCache<SessionKey, Revision>;
  /** What never leaves this node: goes when the copy goes. */
  readonly locals: LocalStates;

  constructor(limits: { readonly maxSessions: number; readonly maxClientBytes: number }) {
    this.locals = new LocalStates(limits);
    this.records = new LRUCache({
      max: limits.maxSessions,
      maxSize: limits.maxClientBytes,
      sizeCalculation: (record) => snapshotBytesAtMost(record.attributes) + 1,
      dispose: (_, key, reason) => {
        if (reason !== 'set') this.locals.forget(key);
      },
    });
    this.floors = new LRUCache({ max: limits.maxSessions * FLOORS_PER_SESSION });
  }

  newest(key: SessionKey): SessionRecord | undefined {
    return this.records.get(key);
  }

  /** The highest revision this node has seen of the session: nothing older is ever accepted again. */
  floor(key: SessionKey): Revision {
    return this.floors.get(key) ?? NOTHING_STORED;
  }

  /** Takes a record over if it is newer than what is known; answers the newest. */
  advance(key: SessionKey, record: SessionRecord): SessionRecord {
    if (record.revision > this.floor(key)) this.floors.set(key, record.revision);
    const known = this.records.get(key);
    if (known !== undefined && known.revision >= record.revision) return known;
    this.records.set(key, record);
    if (record.end?.movedTo !== undefined) this.locals.move(key, record.end.movedTo);
    else if (record.end !== undefined) this.locals.forget(key);
    return record;
  }

  /** Raises the floor to what somebody else is known to have committed. */
  expectAtLeast(key: SessionKey, revision: Revision): void {
    if (revision > this.floor(key)) this.floors.set(key, revision);
  }

  /** The session is gone from the store; its floor stays. */
  forget(key: SessionKey): void {
    this.records.delete(key);
    this.locals.forget(key);
  }

  get size(): number {
    return this.records.size;
  }

  get bytes(): number {
    return this.records.calculatedSize;
  }
}
