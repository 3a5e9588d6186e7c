import { NoUnitError, SessionEndedError } from '../core/errors/index.js';
import { expiresAt, type SessionRecord } from '../core/record/index.js';
import type { SessionId, SessionKey } from '../core/session/identity.js';
import { NOTHING_STORED, type Revision } from '../core/session/revision.js';
import { CommitDoubt } from './commit-doubt.js';
import type { CommitResult } from './commit-request.js';
import { Deadline } from './deadline.js';
import { InTurn } from './in-turn.js';
import { UnitLocals } from './local-attributes.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import type { UnitIdentity, UnitOrigin } from './unit-origin.js';
import { UnitPhase } from './unit-phase.js';
import { WorkingCopies, type ModifiedCopy } from './working-copies.js';

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
  private readonly phase: UnitPhase;
  /** What a commit of this unit failed with; one of another unit may come by too. */
  private commitError: unknown;
  /** Whether a commit of this unit was stored. */
  hasStored = false;
  /** What goes to the store, one after the other: what is under way twice would be stored twice. */
  private readonly turns = new InTurn();
  private finishing: Promise<void> | undefined;
  private readonly doubt = new CommitDoubt();

  constructor(
    private readonly lifecycle: SessionLifecycle,
    private readonly origin: UnitOrigin,
  ) {
    this.phase = new UnitPhase(origin.isReadOnly);
    this.record = origin.record;
    this.currentKey = origin.record === undefined && origin.whenAbsent === 'newId' ? undefined : origin.key;
    const { parts } = lifecycle;
    this.copies = new WorkingCopies(parts.schema, origin.record, {
      locals: new UnitLocals(parts.states.locals, this.currentKey),
      dropped: (error) => parts.reportUndecodable(this.currentKey, error, 'dropAttribute'),
      assertUnfinished: (access) => this.phase.assertUnfinished(access),
    });
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
    return this.phase.isOver;
  }

  read(name: string): unknown {
    this.phase.assertReadable(`read('${name}')`);
    return this.copies.read(name, this.phase.canChange);
  }

  mutate(name: string): unknown {
    this.phase.assertWritable(`mutate('${name}')`);
    return this.copies.mutate(name);
  }

  set(name: string, value: unknown): void {
    this.phase.assertWritable(`set('${name}')`);
    this.copies.assign(name, value);
  }

  /** Whether `error` is what a commit of this very unit failed with. */
  isOwnFailure(error: unknown): boolean {
    return error !== undefined && error === this.commitError;
  }

  /** Back to the attribute's default. */
  delete(name: string): void {
    this.phase.assertWritable(`delete('${name}')`);
    this.copies.remove(name);
  }

  /** Applies a synchronous function: a mutable attribute may be changed in place, any may be replaced by the result. */
  update(name: string, change: (value: unknown) => unknown): void {
    const { isMutable } = this.lifecycle.parts.schema.attribute(name);
    // What a newer version stored isn't for a function of this one.
    this.copies.assertOwnVersion(name);
    const result = change(isMutable ? this.mutate(name) : this.read(name));
    if (result instanceof Promise) throw new TypeError(`update('${name}') takes a synchronous function`);
    if (result !== undefined || !isMutable) this.set(name, result);
  }

  /**
   * Stores what was modified so far. After a CommitUnknownError the unit stores nothing more until it is reloaded.
   * @throws the typed errors of {@link Committer.submit}, UnsupportedValueError
   */
  commit(): Promise<void> {
    return this.whileRunning('commit()', () => this.store());
  }

  /**
   * Gives up what was modified since the last commit and reads again; objects handed out before are abandoned.
   * @throws SessionEndedError when the session is no more; nothing is given up then
   */
  reload(): Promise<void> {
    return this.whileRunning('reload()', async () => {
      if (this.currentKey !== undefined) {
        const record = await this.lifecycle.readLive(this.currentKey, this.newDeadline());
        if (record === undefined && this.record !== undefined) throw new SessionEndedError('while this unit ran');
        this.noteRecord(record);
      }
      this.doubt.clear();
      this.copies.startOver(this.record);
    });
  }

  /** After a call to another service: takes over what it committed, up to `revision` at least; the newest without it. */
  catchUp(revision?: Revision): Promise<void> {
    return this.turns.run(async () => {
      if (this.currentKey === undefined || (revision !== undefined && revision <= this.revision)) return;
      const { states } = this.lifecycle.parts;
      if (revision !== undefined) states.expectAtLeast(this.currentKey, revision);
      const record = await this.lifecycle.readLive(this.currentKey, this.newDeadline());
      // Ended or moved meanwhile: reads go on with what was seen, and the commit finds out.
      if (record === undefined) return;
      this.noteRecord(record);
      this.copies.advance(record);
    });
  }

  /** The session's key, made now if there is none yet: a callee may create the session under it. */
  reserveKey(): SessionKey | undefined {
    if (this.currentKey === undefined && this.origin.whenAbsent === 'newId' && this.phase.isOpen) {
      const { ports } = this.lifecycle.parts;
      this.reservedId = this.lifecycle.newId();
      this.currentKey = ports.crypto.sha256(this.reservedId) as SessionKey;
    }
    return this.currentKey;
  }

  /** Gives the session a new id; data and unit go on under it. What was modified so far is committed with it. */
  async regenerate(): Promise<void> {
    this.phase.assertWritable('regenerate()');
    await this.whileRunning('regenerate()', () => this.move());
  }

  private async move(): Promise<void> {
    if (this.origin.whenAbsent !== 'newId') {
      throw new NoUnitError(
        'regenerate(), whose new id only an HTTP response can hand to the client,',
        'call it in the handler of the HTTP request',
      );
    }
    if (this.currentKey === undefined || this.record === undefined) return;
    const modified = this.comparedCertain();
    const changes = modified.map(([, change]) => change);
    const moving = this.lifecycle.move(this.currentKey, this.record, changes, this.newDeadline());
    const moved = await this.noted(moving);
    if (moved.id !== undefined) this.identityNow = { kind: 'issued', id: moved.id };
    this.settle(modified, await this.doubt.note(moved.result));
  }

  /** Ends the session for good; what this unit modified since its last commit is dropped. */
  async end(reason = 'logout'): Promise<void> {
    this.phase.assertWritable('end()');
    await this.whileRunning('end()', async () => {
      if (this.currentKey !== undefined && this.record !== undefined) {
        await this.lifecycle.end(this.currentKey, this.record, reason, this.newDeadline());
      }
      this.phase.endSession();
      this.identityNow = { kind: 'ended' };
    });
  }

  /** @throws SessionEndedError when nothing is stored of the session */
  requireStored(): void {
    if (this.record !== undefined) return;
    this.abandon();
    throw new SessionEndedError('unknown, expired or ended');
  }

  /** Commits and is over, whatever comes out. @throws as {@link commit} */
  async finish(): Promise<void> {
    if (this.isOver && this.finishing === undefined) return;
    this.phase.beginFinish();
    await (this.finishing ??= this.turns.run(() => this.storeAndEnd()));
  }

  /** Is over; nothing that was modified since the last commit is stored. */
  abandon(): void {
    this.phase.end();
  }

  private async storeAndEnd(): Promise<void> {
    try {
      if (this.phase.isOpen) {
        await this.store();
        if (!this.hasStored && this.currentKey !== undefined) this.lifecycle.touch(this.currentKey, this.record);
      }
    } finally {
      this.phase.end();
    }
  }

  /** Checked when it is asked for, and again when it is its turn. */
  private async whileRunning(access: string, work: () => Promise<void>): Promise<void> {
    this.phase.assertUnfinished(access);
    await this.turns.run(() => {
      this.phase.assertReadable(access);
      return work();
    });
  }

  private async store(): Promise<void> {
    const modified = this.comparedCertain();
    if (modified.length === 0) return;
    const key = this.reserveKey();
    if (key === undefined) {
      throw new NoUnitError(
        'Storing session attributes from a message that carried no session',
        'calls through SessionClientNats out of a unit carry theirs, events carry none; otherwise send the key along and use sync.run(key, …)',
      );
    }
    if (this.record === undefined && this.origin.whenAbsent === 'refuse') throw new SessionEndedError('unknown');
    const changes = modified.map(([, change]) => change);
    const committing = this.lifecycle.commit(key, this.record, changes, this.newDeadline());
    this.settle(modified, await this.noted(committing));
  }

  private async noted<T>(sending: Promise<T>): Promise<T> {
    try {
      return await this.doubt.note(sending);
    } catch (error) {
      this.commitError = error;
      throw error;
    }
  }

  /** What was modified. @throws CommitUnknownError when that may have been stored already */
  private comparedCertain(): readonly ModifiedCopy[] {
    const modified = this.compared();
    if (modified.length > 0) this.doubt.assertNone();
    return modified;
  }

  /** Compares what was mutably accessed with the benchmarks. */
  private compared(): readonly ModifiedCopy[] {
    const { candidates, modified } = this.copies.compared();
    this.lifecycle.parts.count(candidates, modified);
    return modified;
  }

  private settle(modified: readonly ModifiedCopy[], { key, record }: CommitResult): void {
    this.hasStored = true;
    this.currentKey = key;
    this.noteRecord(record);
    this.copies.committed(modified, record, key);
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
}
