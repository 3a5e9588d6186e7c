import { ImmutableAttributeError, NoUnitError, SessionEndedError, UnitEndedError } from '../core/errors/index.js';
import { expiresAt, type SessionRecord, type StoredAttribute } from '../core/record/index.js';
import type { SessionId, SessionKey } from '../core/session/identity.js';
import { NOTHING_STORED, type Revision } from '../core/session/revision.js';
import type { AttributeChange } from './attribute-change.js';
import type { CommitResult } from './commit-request.js';
import { Deadline } from './deadline.js';
import type { SessionLifecycle } from './session-lifecycle.js';
import { WorkingCopy } from './working-copy.js';

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
  private readonly copies = new Map<string, WorkingCopy>();
  /** Copies from before a call that changed their attribute elsewhere: no longer handed out, still committed. */
  private readonly earlierCopies: WorkingCopy[] = [];
  private identityNow: UnitIdentity = { kind: 'same' };
  private reservedId: SessionId | undefined;
  private state: 'running' | 'sessionEnded' | 'over' = 'running';
  private hasStored = false;

  constructor(
    private readonly lifecycle: SessionLifecycle,
    private readonly origin: UnitOrigin,
  ) {
    this.record = origin.record;
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
    const { schema } = this.lifecycle.parts;
    const attribute = schema.attribute(name);
    const copy = this.copies.get(name);
    if (copy !== undefined) return copy.value;
    return this.stored(name).viewBy(schema.codecFor(attribute.name));
  }

  mutate(name: string): unknown {
    this.assertWritable(`mutate('${name}')`);
    const { schema } = this.lifecycle.parts;
    const attribute = schema.attribute(name);
    if (!attribute.isMutable) {
      throw new ImmutableAttributeError(
        `Attribute "${name}"`,
        `Assign it with set('${name}', …), or declare it with @SessionAttr({ mutable: true }).`,
      );
    }
    let copy = this.copies.get(name);
    if (copy === undefined) {
      copy = WorkingCopy.toMutate(attribute, this.stored(name), schema);
      this.copies.set(name, copy);
    }
    return copy.value;
  }

  set(name: string, value: unknown): void {
    this.assertWritable(`set('${name}')`);
    this.copyToReplace(name).assign(value);
  }

  /** Back to the attribute's default. */
  delete(name: string): void {
    this.assertWritable(`delete('${name}')`);
    this.copyToReplace(name).remove();
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
    this.copies.clear();
    this.earlierCopies.length = 0;
    if (this.currentKey === undefined) return;
    this.record = await this.lifecycle.readLive(this.currentKey, this.newDeadline());
  }

  /** After a call to another service: takes over what it committed up to `revision` at least. */
  async catchUp(revision: Revision): Promise<void> {
    if (this.currentKey === undefined || revision <= this.revision) return;
    const { states } = this.lifecycle.parts;
    states.expectAtLeast(this.currentKey, revision);
    this.advance(await this.lifecycle.readLive(this.currentKey, this.newDeadline()));
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
    const changes = this.changes();
    const moved = await this.lifecycle.move(this.currentKey, this.record, changes.map(([, change]) => change), this.newDeadline());
    this.hasStored = true;
    this.settle(changes, moved.result);
    if (moved.id !== undefined) this.identityNow = { kind: 'issued', id: moved.id };
  }

  /** Ends the session for good; what this unit modified since its last commit is dropped. */
  async end(reason = 'logout'): Promise<void> {
    this.assertWritable('end()');
    this.state = 'sessionEnded';
    this.identityNow = { kind: 'ended' };
    if (this.currentKey === undefined || this.record === undefined) return;
    await this.lifecycle.end(this.currentKey, this.record, reason, this.newDeadline());
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
    const changes = this.changes();
    if (changes.length === 0) return;
    const key = this.reserveKey();
    if (key === undefined) throw new NoUnitError('Storing session attributes from a message that carried no session');
    if (this.record === undefined && this.origin.whenAbsent === 'refuse') throw new SessionEndedError('unknown');
    const result = await this.lifecycle.commit(key, this.record, changes.map(([, change]) => change), this.newDeadline());
    this.hasStored = true;
    this.settle(changes, result);
  }

  private changes(): (readonly [WorkingCopy, AttributeChange])[] {
    const { stats } = this.lifecycle.parts;
    const changes: (readonly [WorkingCopy, AttributeChange])[] = [];
    for (const copy of [...this.earlierCopies, ...this.copies.values()]) {
      stats.candidates++;
      const change = copy.change();
      if (change !== undefined) changes.push([copy, change]);
    }
    stats.changed += changes.length;
    return changes;
  }

  private settle(changes: readonly (readonly [WorkingCopy, AttributeChange])[], { key, record }: CommitResult): void {
    for (const [copy, change] of changes) copy.committed(change, record?.attributes.get(change.attribute.name));
    this.currentKey = key;
    this.advance(record);
  }

  /** Copies whose attribute moved on elsewhere aren't handed out again; what is still done to them merges. */
  private advance(record: SessionRecord | undefined): void {
    const before = this.record;
    this.record = record;
    if (before === undefined && record !== undefined && this.reservedId !== undefined) {
      this.identityNow = { kind: 'issued', id: this.reservedId };
      this.reservedId = undefined;
    }
    for (const [name, copy] of this.copies) {
      if (copy.isStartedFrom(this.stored(name))) continue;
      this.copies.delete(name);
      this.earlierCopies.push(copy);
    }
  }

  private copyToReplace(name: string): WorkingCopy {
    const { schema } = this.lifecycle.parts;
    const copy = this.copies.get(name) ?? WorkingCopy.toReplace(schema.attribute(name), this.stored(name), schema);
    this.copies.set(name, copy);
    return copy;
  }

  private stored(name: string): StoredAttribute {
    const { schema } = this.lifecycle.parts;
    const attribute = schema.attribute(name);
    return this.record?.attributes.get(attribute.name) ?? schema.initial(attribute);
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
      throw new ImmutableAttributeError('The session', `${access} came in a read-only unit; drop @ReadOnlySession() to write.`);
    }
  }
}
