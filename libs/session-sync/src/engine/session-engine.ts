import { SessionEndedError } from '../core/errors/index.js';
import type { SessionRecord } from '../core/record/index.js';
import type { SessionId, SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import { Deadline } from './deadline.js';
import { EngineParts } from './engine-parts.js';
import type { EnginePorts } from './engine-ports.js';
import type { EngineSettings } from './engine-settings.js';
import { figuresOf, type EngineFigures } from './engine-stats.js';
import { SessionLifecycle } from './session-lifecycle.js';
import type { SessionSchema } from './session-schema.js';
import { UnitOfWork } from './unit-of-work.js';
import type { WhenAbsent } from './unit-origin.js';

/** What a unit comes with. */
export interface OpenRequest {
  /** The session it names; undefined = anonymous. */
  readonly key: SessionKey | undefined;
  /** What the caller has seen of the session: nothing older may be served. */
  readonly atLeast?: Revision | undefined;
  readonly whenAbsent: WhenAbsent;
  readonly isReadOnly?: boolean;
}

/** One node's session engine: opens units, begins and ends sessions. */
export class SessionEngine {
  private readonly parts: EngineParts;
  private readonly lifecycle: SessionLifecycle;

  constructor(
    readonly ports: EnginePorts,
    readonly settings: EngineSettings,
    readonly schema: SessionSchema,
  ) {
    this.parts = new EngineParts(ports, settings, schema);
    this.lifecycle = new SessionLifecycle(this.parts);
  }

  /**
   * Opens a session for one unit: one round trip, none when the unit is anonymous.
   * @throws StoreUnavailableError | StoreRegressionError | ForeignRecordError
   */
  async open({ key, atLeast, whenAbsent, isReadOnly = false }: OpenRequest): Promise<UnitOfWork> {
    this.parts.stats.opened++;
    if (key !== undefined && atLeast !== undefined) this.parts.states.expectAtLeast(key, atLeast);
    const record = key === undefined ? undefined : await this.lifecycle.readLive(key, this.deadline());
    const isGivenUp = record !== undefined && whenAbsent === 'newId' && this.isGivenUp(key, record);
    return new UnitOfWork(this.lifecycle, {
      key: isGivenUp ? undefined : key,
      record: isGivenUp ? undefined : record,
      whenAbsent,
      isReadOnly,
    });
  }

  /** Creates an empty session. @throws StoreUnavailableError | CommitUnknownError */
  async create(): Promise<{ readonly id: SessionId; readonly key: SessionKey }> {
    const id = this.lifecycle.newId();
    const key = this.keyOf(id);
    await this.lifecycle.create(key, this.deadline());
    return { id, key };
  }

  keyOf(id: SessionId): SessionKey {
    return this.ports.crypto.sha256(id) as SessionKey;
  }

  /**
   * Ends a session for good.
   * @throws SessionEndedError when there is none under that key
   */
  async end(key: SessionKey, reason: string): Promise<void> {
    const deadline = this.deadline();
    const record = await this.lifecycle.readLive(key, deadline);
    if (record === undefined) throw new SessionEndedError('unknown');
    await this.lifecycle.end(key, record, reason, deadline);
  }

  get figures(): EngineFigures & { readonly cachedSessions: number; readonly cachedBytes: number } {
    const { stats, states } = this.parts;
    return { ...figuresOf(stats), cachedSessions: states.size, cachedBytes: states.bytes };
  }

  /** Resolves when every commit under way has its outcome. */
  idle(): Promise<void> {
    return this.lifecycle.idle();
  }

  /** Ends what goes on in the background; the store may be closed then. */
  close(): void {
    this.lifecycle.close();
  }

  /** A session named by its key is never given up: there would be no other to go on with. */
  private isGivenUp(key: SessionKey | undefined, record: SessionRecord): boolean {
    const error = this.schema.whyGivenUp(record);
    if (error === undefined) return false;
    const { attribute, reason } = error;
    this.parts.reportUndecodable(key, { attribute, reason, revision: record.revision }, 'freshSession');
    return true;
  }

  private deadline(): Deadline {
    return new Deadline(this.ports.clock, this.settings.storeDeadlineMs);
  }
}
