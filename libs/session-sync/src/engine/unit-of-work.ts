import { ImmutableAttributeError, NoUnitError, SessionEndedError, UnitEndedError } from '../core/errors/index.js';
import { expiresAt, type SessionRecord } from '../core/record/index.js';
import type { SessionId, SessionKey } from '../core/session/identity.js';
import { NOTHING_STORED, type Revision } from '../core/session/revision.js';
import type { CommitResult } from './commit-request.js';
import { Deadline } from './deadline.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import { WorkingCopies, type ModifiedCopy } from './working-copies.js';

/** What a unit does when nothing is stored under the id or key it came with. */
export type WhenAbsent =
  /** Anonymous: the first modification creates a session with a new id. */
  | 'newId'
  /** The first modification creates the session under the very key. */
  | 'sameKey'
  /** Reads see defaults; a modification is refused. */
  | 'refuse';

/** What the client must be told about its id when the unit is over. */
export type UnitIdentity =
  | { readonly kind: 'same' }
  | { readonly kind: 'issued'; readonly id: SessionId }
  | { readonly kind: 'ended' };

export interface UnitOrigin {
  readonly key: SessionKey | undefined;
  /** What was stored when the unit opened the session; undefined when nothing was. */
  readonly record: SessionRecord | undefined;
  readonly whenAbsent: WhenAbsent;
  readonly isReadOnly: boolean;
}

/**
 * One unit of work on one session: reads see the revision it opened and its own changes, and its end commits what it
 * modified, all or nothing. Synchronous between open and commit.
 */
export class UnitOfWork {
  private record: SessionRecord | undefined;
  private currentKey: SessionKey | undefined;
  private readonly copies: WorkingCopies;
  private identityNow: UnitIdentity = { kind: 'same' };
  private reservedId: SessionId | undefined;
  private state: 'running' | 'sessionEnded' | 'over' = 'running';
  private hasStored = false;

  constructor(
    private readonly lifecycle: SessionLifecycle,
    private readonly origin: UnitOrigin,
  ) {
    this.record = origin.record;
    this.copies = new WorkingCopies(lifecycle.parts.schema, origin.record);
    this.currentKey = origin.record === undefined && origin.whenAbsent === 'newId' ? undefined : origin.key;
  }

  /** Undefined while nothing is stored and no key is reserved. */
  get key(): SessionKey | undefined {
    return this.currentKey;
  }

  /** Whether the session isn't stored yet. */
  get isNew(): boolean {
    return this.record === undefined;
  }

  get isReadOnly(): boolean {
    return this.origin.isReadOnly;
  }

  /** Revision that the unit sees; 0 while nothing is stored. */
  get revision(): Revision {
    return this.record?.revision ?? NOTHING_STORED;
  }

  /** When the session expires if nothing more happens, epoch milliseconds; undefined while nothing is stored. */
  get expiresAt(): number | undefined {
    return this.record && expiresAt(this.record);
  }

  get identity(): UnitIdentity {
    return this.identityNow;
  }

  get isOver(): boolean {
    return this.state === 'over';
  }

  read(name: string): unknown {
    this.assertRunning(`read('${name}')`);
    return this.copies.read(name);
  }

  mutate(name: string): unknown {
    this.assertWritable(`mutate('${name}')`);
    return this.copies.mutate(name);
  }

  set(name: string, value: unknown): void {
    this.assertWritable(`set('${name}')`);
    this.copies.toReplace(name).assign(value);
  }

  /** Back to the attribute's default. */
  delete(name: string): void {
    this.assertWritable(`delete('${name}')`);
    this.copies.toReplace(name).remove();
  }

  /** Applies a synchronous function: a mutable attribute may be changed in place, any may be replaced by the result. */
  update(name: string, change: (value: unknown) => unknown): void {
    const { isMutable } = this.lifecycle.parts.schema.attribute(name);
    const result = change(isMutable ? this.mutate(name) : this.read(name));
    if (result instanceof Promise) throw new TypeError(`update('${name}') takes a synchronous function`);
    if (result !== undefined || !isMutable) this.set(name, result);
  }

  /** Stores what was modified so far. @throws the typed errors of {@link Committer.submit}, UnsupportedValueError */
  async commit(): Promise<void> {
    this.assertRunning('commit()');
    await this.store();
  }

  /** Gives up what was modified since the last commit and reads again; objects handed out before are abandoned. */
  async reload(): Promise<void> {
    this.assertRunning('reload()');
    if (this.currentKey !== undefined) {
      this.record = await this.lifecycle.readLive(this.currentKey, this.newDeadline());
    }
    this.copies.startOver(this.record);
  }

  /** After a call to another service: takes over what it committed, up to `revision` at least; the newest without it. */
  async catchUp(revision?: Revision): Promise<void> {
    if (this.currentKey === undefined || (revision !== undefined && revision <= this.revision)) return;
    const { states } = this.lifecycle.parts;
    if (revision !== undefined) states.expectAtLeast(this.currentKey, revision);
    this.noteRecord(await this.lifecycle.readLive(this.currentKey, this.newDeadline()));
    this.copies.advance(this.record);
  }

  /** The session's key, made now if there is none yet: a callee may create the session under it. */
  reserveKey(): SessionKey | undefined {
    if (this.currentKey === undefined && this.origin.whenAbsent === 'newId' && this.state === 'running') {
      const { ports } = this.lifecycle.parts;
      this.reservedId = this.lifecycle.newId();
      this.currentKey = ports.crypto.sha256(this.reservedId) as SessionKey;
    }
    return this.currentKey;
  }

  /** Gives the session a new id; data and unit go on under it. What was modified so far is committed with it. */
  async regenerate(): Promise<void> {
    this.assertWritable('regenerate()');
    if (this.origin.whenAbsent !== 'newId') {
      throw new NoUnitError('regenerate(), whose new id only an HTTP response can hand to the client,');
    }
    if (this.currentKey === undefined || this.record === undefined) return;
    const modified = this.compared();
    const changes = modified.map(([, change]) => change);
    const moved = await this.lifecycle.move(this.currentKey, this.record, changes, this.newDeadline());
    this.settle(modified, moved.result);
    if (moved.id !== undefined) this.identityNow = { kind: 'issued', id: moved.id };
  }

  /** Ends the session for good; what this unit modified since its last commit is dropped. */
  async end(reason = 'logout'): Promise<void> {
    this.assertWritable('end()');
    if (this.currentKey !== undefined && this.record !== undefined) {
      await this.lifecycle.end(this.currentKey, this.record, reason, this.newDeadline());
    }
    this.state = 'sessionEnded';
    this.identityNow = { kind: 'ended' };
  }

  /** @throws SessionEndedError when nothing is stored of the session */
  requireStored(): void {
    if (this.record !== undefined) return;
    this.abandon();
    throw new SessionEndedError('unknown, expired or ended');
  }

  /** Commits and is over, whatever comes out. @throws as {@link commit} */
  async finish(): Promise<void> {
    if (this.state === 'over') return;
    try {
      if (this.state === 'running') {
        await this.store();
        if (!this.hasStored && this.currentKey !== undefined) this.lifecycle.touch(this.currentKey, this.record);
      }
    } finally {
      this.state = 'over';
    }
  }

  /** Is over; nothing that was modified since the last commit is stored. */
  abandon(): void {
    this.state = 'over';
  }

  private async store(): Promise<void> {
    const modified = this.compared();
    if (modified.length === 0) return;
    const key = this.reserveKey();
    if (key === undefined) throw new NoUnitError('Storing session attributes from a message that carried no session');
    if (this.record === undefined && this.origin.whenAbsent === 'refuse') throw new SessionEndedError('unknown');
    const changes = modified.map(([, change]) => change);
    this.settle(modified, await this.lifecycle.commit(key, this.record, changes, this.newDeadline()));
  }

  /** Compares what was mutably accessed with the benchmarks. */
  private compared(): readonly ModifiedCopy[] {
    const { candidates, modified } = this.copies.compared();
    const { stats } = this.lifecycle.parts;
    stats.candidates += candidates;
    stats.changed += modified.length;
    return modified;
  }

  private settle(modified: readonly ModifiedCopy[], { key, record }: CommitResult): void {
    this.hasStored = true;
    this.currentKey = key;
    this.noteRecord(record);
    this.copies.committed(modified, record);
  }

  private noteRecord(record: SessionRecord | undefined): void {
    if (this.record === undefined && record !== undefined && this.reservedId !== undefined) {
      this.identityNow = { kind: 'issued', id: this.reservedId };
      this.reservedId = undefined;
    }
    this.record = record;
  }

  private newDeadline(): Deadline {
    const { ports, settings } = this.lifecycle.parts;
    return new Deadline(ports.clock, settings.storeDeadlineMs);
  }

  private assertRunning(access: string): void {
    if (this.state === 'over') throw new UnitEndedError(access);
    if (this.state === 'sessionEnded') throw new SessionEndedError('by this unit');
  }

  private assertWritable(access: string): void {
    this.assertRunning(access);
    if (this.isReadOnly) {
      throw new ImmutableAttributeError(
        'The session',
        `${access} came in a read-only unit; drop @ReadOnlySession() to write.`,
      );
    }
  }
}
