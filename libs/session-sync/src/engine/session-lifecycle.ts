import { CommitUnknownError, SessionEndedError, StoreUnavailableError } from '../core/errors/index.js';
import { expiresAt, type SessionEnd, type SessionRecord } from '../core/record/index.js';
import type { SessionId, SessionKey } from '../core/session/identity.js';
import type { AttributeChange } from './attribute-change.js';
import type { CommitRequest, CommitResult } from './commit-request.js';
import { Committer } from './committer.js';
import { Deadline } from './deadline.js';
import type { EngineParts } from './engine-parts.js';
import { TOUCHES_PER_IDLE } from './engine-settings.js';

const ID_BYTES = 32;
const RETRY_MOVE_MS = 1_000;

type RequestFacts = Pick<CommitRequest, 'deadline'> & Partial<CommitRequest>;

/** What came of a move. */
export interface Move {
  /** For the client; undefined when another move was first. */
  readonly id: SessionId | undefined;
  /** Where it left the session; rejects when the old key has ended, but whether the new one stands isn't known yet. */
  readonly result: Promise<CommitResult>;
}

/** How sessions begin, live on, move to a new id and end: each a message in the session's own order. */
export class SessionLifecycle {
  private readonly committer: Committer;
  private readonly unfinishedMoves = new Set<Promise<void>>();
  private isClosed = false;

  constructor(readonly parts: EngineParts) {
    this.committer = new Committer(parts);
  }

  newId(): SessionId {
    return this.parts.ports.random.token(ID_BYTES) as SessionId;
  }

  /** The session as it is now, or undefined: never stored, ended, or expired, which is made an event before it counts. */
  async readLive(key: SessionKey, deadline: Deadline): Promise<SessionRecord | undefined> {
    const { reader, ports } = this.parts;
    for (;;) {
      const state = await reader.read(key, deadline);
      if (state.kind === 'absent' ? !state.hasRemains : state.record.end !== undefined) return undefined;
      const found = state.kind === 'absent' ? undefined : state.record;
      if (found !== undefined && ports.log.storeNow() < expiresAt(found)) return found;
      const facts = { base: found, end: { reason: 'expired' }, onlyIfExpired: true, deadline };
      const { record } = await this.submit(key, facts);
      if (record === undefined || record.end !== undefined) return undefined;
    }
  }

  /** Stores changes of a unit that opened `base`. */
  commit(
    key: SessionKey,
    base: SessionRecord | undefined,
    changes: readonly AttributeChange[],
    deadline: Deadline,
  ): Promise<CommitResult> {
    return this.submit(key, { base, changes, deadline });
  }

  /** Creates an empty session. */
  create(key: SessionKey, deadline: Deadline): Promise<CommitResult> {
    return this.submit(key, { isTouch: true, deadline });
  }

  /** Ends a session; nothing happens to one that has ended already. */
  end(key: SessionKey, base: SessionRecord | undefined, reason: string, deadline: Deadline): Promise<CommitResult> {
    return this.submit(key, { base, end: { reason }, deadline });
  }

  /**
   * Moves a session to a new id. The end of the old key decides: of two moves at once one wins, the other follows and
   * has no id to give to its client. From then on the session is under its new key, if not at once.
   */
  async move(
    key: SessionKey,
    base: SessionRecord,
    changes: readonly AttributeChange[],
    deadline: Deadline,
  ): Promise<Move> {
    const { crypto } = this.parts.ports;
    const id = this.newId();
    const movedTo = crypto.sha256(id) as SessionKey;
    const end: SessionEnd = { reason: 'moved', movedTo, graceMs: this.parts.settings.graceMs };
    const ended = await this.submit(key, { base, changes, end, deadline });
    const { record } = ended;
    if (ended.key !== key || record === undefined) return { result: Promise.resolve(ended), id: undefined };
    try {
      const result = await this.submit(movedTo, { continues: record, deadline });
      return { result: Promise.resolve(result), id: result.key === movedTo ? id : undefined };
    } catch (cause) {
      // It was stored under its new key by somebody who followed, and has ended there since.
      if (cause instanceof SessionEndedError)
        return { result: Promise.resolve({ ...ended, key: movedTo }), id: undefined };
      if (isPassing(cause)) this.finishLater(movedTo, record);
      const what = 'the session got a new id, but could not be begun there yet';
      return { result: Promise.reject(new CommitUnknownError(what, { cause })), id };
    }
  }

  private finishLater(movedTo: SessionKey, moved: SessionRecord): void {
    const finishing = this.finishMove(movedTo, moved).finally(() => this.unfinishedMoves.delete(finishing));
    this.unfinishedMoves.add(finishing);
  }

  /** Begins a moved session under its new key, for as long as those who know the old one might do it too. */
  private async finishMove(movedTo: SessionKey, moved: SessionRecord): Promise<void> {
    const { ports, settings } = this.parts;
    const until = Math.min(moved.storedAt + settings.graceMs, expiresAt(moved));
    for (let isOpen = true; isOpen;) {
      await ports.clock.sleep(RETRY_MOVE_MS);
      if (this.isClosed) return;
      const deadline = new Deadline(ports.clock, settings.storeDeadlineMs);
      const trying = this.submit(movedTo, { continues: moved, deadline });
      isOpen = await trying.then(
        () => false,
        (error: unknown) => isPassing(error) && !this.isClosed && ports.log.storeNow() < until,
      );
    }
  }

  /** Notes that the session is in use, at most once in a part of its idle time. Doesn't wait; a failure costs nothing. */
  touch(key: SessionKey, record: SessionRecord | undefined): void {
    if (record === undefined) return;
    const { ports, settings } = this.parts;
    const newest = this.parts.states.newest(key) ?? record;
    if (ports.log.storeNow() - newest.storedAt < settings.idleMs / TOUCHES_PER_IDLE) return;
    const deadline = new Deadline(ports.clock, settings.storeDeadlineMs);
    this.submit(key, { base: record, isTouch: true, deadline }).catch(() => undefined);
  }

  /** Resolves when no commit is under way, and no move waits for the store to be finished. */
  async idle(): Promise<void> {
    await Promise.all([this.committer.idle(), ...this.unfinishedMoves]);
  }

  /** Ends what goes on in the background at its next step. */
  close(): void {
    this.isClosed = true;
  }

  private submit(key: SessionKey, facts: RequestFacts): Promise<CommitResult> {
    return this.committer.submit(key, {
      base: undefined,
      continues: undefined,
      changes: [],
      isTouch: false,
      end: undefined,
      onlyIfExpired: false,
      ...facts,
    });
  }
}

/** Whether the store may say something else a little later. */
function isPassing(error: unknown): boolean {
  return error instanceof StoreUnavailableError || error instanceof CommitUnknownError;
}
