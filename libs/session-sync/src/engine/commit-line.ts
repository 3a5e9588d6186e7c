import {
  CommitConflictError,
  CommitUnknownError,
  SessionEndedError,
  StoreUnavailableError,
} from '../core/errors/index.js';
import { expiresAt, type DraftMessage, type SessionRecord } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { NOTHING_STORED, type Revision } from '../core/session/revision.js';
import type { CommitRequest, CommitResult } from './commit-request.js';
import type { Deadline } from './deadline.js';
import type { DraftedGroup } from './draft-group.js';
import type { EngineParts } from './engine-parts.js';
import { draftGroup } from './draft-group.js';
import { pauseBeforeRetry } from './retry-pause.js';

/** A request that waits for its verdict. */
export interface PendingCommit extends CommitRequest {
  readonly resolve: (result: CommitResult) => void;
  readonly reject: (error: unknown) => void;
}

/** What a line does not decide itself. */
export interface LineEvents {
  /** The session got a new id: may this request go on there? It is settled there then. */
  follow(moved: SessionRecord, request: PendingCommit): boolean;
  idle(): void;
}

/** Most units combined into one message. */
const MAX_GROUP = 64;

/**
 * The commits of this node on one session, one message in flight at a time: whatever waits meanwhile goes out combined
 * in the next one. So only nodes contend in the store, never the requests of one node.
 */
export class CommitLine {
  private readonly waiting: PendingCommit[] = [];
  private record: SessionRecord | undefined;
  private absentRevision: Revision = NOTHING_STORED;
  private isRunning = false;

  constructor(
    private readonly key: SessionKey,
    private readonly parts: EngineParts,
    private readonly events: LineEvents,
  ) {}

  submit(request: PendingCommit): void {
    this.waiting.push(request);
    if (!this.isRunning) void this.run();
  }

  private async run(): Promise<void> {
    this.isRunning = true;
    while (this.waiting.length > 0) {
      const group = this.takeGroup();
      try {
        await this.commit(group);
      } catch (error) {
        for (const request of group) if (!this.waiting.includes(request)) request.reject(error);
      }
    }
    this.isRunning = false;
    this.events.idle();
  }

  /** An end goes alone: what comes after it must find the session ended. */
  private takeGroup(): PendingCommit[] {
    const end = this.waiting.findIndex((request) => request.end !== undefined);
    return this.waiting.splice(0, end === 0 ? 1 : Math.min(end === -1 ? MAX_GROUP : end, MAX_GROUP));
  }

  /** Commits a group, rebasing it onto what other nodes stored for as often as they are first. */
  private async commit(group: readonly PendingCommit[]): Promise<void> {
    this.record = newestOf(this.parts.states.newest(this.key) ?? this.record, group);
    let pending = group;
    let isFull = false;
    for (let attempt = 1; ; attempt++) {
      pending = this.settleEnded(refuseLate(pending, attempt));
      if (pending.length === 0) return;
      const drafted = this.draft(pending, isFull);
      this.refuse(drafted);
      const { draft, members } = drafted;
      pending = members;
      if (draft === undefined) return this.settle(pending, false);
      const deadline = longestOf(pending);
      const outcome = await this.parts.sender.send(this.key, draft, deadline, () => giveUpLate(members));
      if (outcome.kind === 'accepted') {
        this.advance(drafted, outcome.revision);
        return this.stored(drafted, draft, outcome.revision);
      }
      if (outcome.kind === 'full') {
        if (isFull) throw new StoreUnavailableError('it keeps no more messages of the session');
        isFull = true;
        continue;
      }
      this.parts.stats.refused++;
      await pauseBeforeRetry(attempt, deadline, this.parts.ports);
      const own = outcome.isDoubtful ? await this.findOwn(draft, deadline) : await this.readNewest(deadline);
      if (own !== undefined) return this.stored(drafted, draft, own);
      pending = this.halved(pending, attempt);
    }
  }

  /**
   * A group that keeps coming second shrinks: the less there is to put onto what the others stored, the sooner it is
   * sent, and the other nodes can't shut this one out by being quicker.
   */
  private halved(pending: readonly PendingCommit[], attempt: number): readonly PendingCommit[] {
    if (attempt < 2 || pending.length < 2) return pending;
    const half = Math.ceil(pending.length / 2);
    this.waiting.unshift(...pending.slice(half));
    return pending.slice(0, half);
  }

  private draft(pending: readonly PendingCommit[], isFull: boolean): DraftedGroup<PendingCommit> {
    const { schema, settings, ports, secrets, nextCommitId } = this.parts;
    return draftGroup(
      pending,
      { record: this.record, absentRevision: this.absentRevision },
      {
        key: this.key,
        schema,
        secrets,
        settings,
        maxMessageBytes: ports.log.maxMessageBytes,
        storeNow: ports.log.storeNow(),
        by: nextCommitId(),
        isFull,
      },
    );
  }

  /** The message was stored as it was drafted: no reload. Stored by then at the latest, so nothing expires too early. */
  private advance(drafted: DraftedGroup<PendingCommit>, revision: Revision): void {
    const { states, ports } = this.parts;
    this.record = states.advance(this.key, drafted.recordAt(revision, ports.log.storeNow()));
  }

  /** The verdict comes first: whoever listens can't turn it into a failure. */
  private stored(drafted: DraftedGroup<PendingCommit>, draft: DraftMessage, revision: Revision): void {
    this.settle(drafted.members, true);
    this.parts.report(this.key, drafted, draft, revision);
  }

  private async readNewest(deadline: Deadline): Promise<undefined> {
    const newest = await this.parts.reader.read(this.key, deadline);
    this.record = newest.kind === 'record' ? newest.record : undefined;
    if (newest.kind === 'absent') this.absentRevision = newest.revision;
  }

  /**
   * Where a message whose answer was lost was stored; undefined when it was not.
   * @throws CommitUnknownError when the session can't or doesn't tell.
   */
  private async findOwn({ message, expected }: DraftMessage, deadline: Deadline): Promise<Revision | undefined> {
    try {
      await this.readNewest(deadline);
    } catch (cause) {
      throw new CommitUnknownError('its answer was lost, and the session could not be read again', { cause });
    }
    if (this.record === undefined) throw new CommitUnknownError('the session was removed meanwhile');
    const { seen } = this.record;
    const last = seen.last.get(message.by.node);
    if (last?.counter === message.by.counter) return last.revision;
    if (seen.completeFrom <= expected) return undefined;
    throw new CommitUnknownError('too many other nodes have committed since');
  }

  /** Refuses or redirects requests for a session that is gone or has ended; answers those that may go on here. */
  private settleEnded(pending: readonly PendingCommit[]): PendingCommit[] {
    const { record } = this;
    return pending.filter((request) => {
      if (record === undefined ? request.base === undefined : isSameLife(record, request)) {
        return !this.settleInUse(request);
      }
      if (record !== undefined && this.events.follow(record, request)) return false;
      const isEndWanted = request.end !== undefined && request.end.movedTo === undefined;
      if (isEndWanted) request.resolve({ key: this.key, record, isStored: false });
      else request.reject(new SessionEndedError(record?.end?.reason ?? 'expired'));
      return false;
    });
  }

  /** Whoever found the session expired is told when somebody has used it since. */
  private settleInUse(request: PendingCommit): boolean {
    const { record } = this;
    if (!request.onlyIfExpired || record === undefined) return false;
    if (this.parts.ports.log.storeNow() >= expiresAt(record)) return false;
    request.resolve({ key: this.key, record, isStored: false });
    return true;
  }

  private refuse({ refused }: DraftedGroup<PendingCommit>): void {
    for (const { request, error } of refused) {
      if (error instanceof CommitConflictError) this.parts.stats.conflicts++;
      request.reject(error);
    }
  }

  private settle(pending: readonly PendingCommit[], isStored: boolean): void {
    for (const request of pending) request.resolve({ key: this.key, record: this.record, isStored });
  }
}

function newestOf(known: SessionRecord | undefined, group: readonly PendingCommit[]): SessionRecord | undefined {
  let newest = known;
  for (const { base } of group) {
    if (base !== undefined && base.revision > (newest?.revision ?? NOTHING_STORED)) newest = base;
  }
  return newest;
}

/** Each unit's own deadline counts right before every publish, retries included. */
function refuseLate(pending: readonly PendingCommit[], attempt: number): PendingCommit[] {
  return pending.filter((request) => {
    if (!request.deadline.hasPassed) return true;
    const what = attempt === 1 ? 'the commit waited too long for others' : 'other nodes kept committing to the session';
    request.reject(new StoreUnavailableError(what));
    return false;
  });
}

/** Whether the session still lives, as the one that the unit opened: a key may be used again once its session is gone. */
function isSameLife({ end, life }: SessionRecord, { base }: PendingCommit): boolean {
  return end === undefined && (base === undefined || base.life.absoluteAt === life.absoluteAt);
}

/** Those whose time is over don't wait for the others of their group: their message is still on its way. */
function giveUpLate(members: readonly PendingCommit[]): void {
  for (const { deadline, reject } of members) {
    if (deadline.hasPassed) reject(new CommitUnknownError('it went out with other units, whose time was not over'));
  }
}

function longestOf(pending: readonly PendingCommit[]): Deadline {
  const [first, ...others] = pending.map(({ deadline }) => deadline);
  if (first === undefined) throw new TypeError('a group of commits is never empty');
  return others.reduce((longest, next) => (next.remainingMs > longest.remainingMs ? next : longest), first);
}
