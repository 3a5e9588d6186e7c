import type { SessionShape } from '../core/access/index.js';
import { InvalidOptionsError, StoreUnavailableError } from '../core/errors/index.js';
import { parseSessionId, type SessionId, type SessionKey } from '../core/session/identity.js';
import {
  Repetitions,
  type EngineFigures,
  type EngineSettings,
  type OpenRequest,
  type UnitOfWork,
} from '../engine/index.js';
import {
  currentSlot,
  isAwaitedByOthers,
  requireUnit,
  runInSlot,
  SessionState,
  UnitSlot,
} from '../unit-context/index.js';
import type { Composition } from './compose-session-sync.js';
import { problemsOfRun, type RunOptions } from './run-options.js';

/** Figures of one node, counted since its start. */
export interface SessionSyncStats extends EngineFigures {
  /** Sessions of which this node keeps a copy now. */
  readonly cachedSessions: number;
  /** Bytes that those copies have, encoded, at most. */
  readonly cachedBytes: number;
  /** Whether a NATS server is connected now. */
  readonly isStoreAvailable: boolean;
}

const DRAIN_MS = 5_000;

/** The session service outside requests: the same engine that handlers use, callable from jobs, timers and scripts. */
export class SessionSync {
  private isDraining = false;

  private readonly repetitions: Repetitions;

  constructor(private readonly composition: Composition) {
    this.repetitions = new Repetitions(composition.engine);
  }

  /**
   * Runs one unit of work on a session and commits what it modified, all or nothing; if `work` throws, nothing. When
   * another unit changed the same part of an attribute with `merge: 'retry'`, the work is done again on the fresh state,
   * until the store deadline has passed since the first conflict, at most 100 times in all, and never once a `commit()` of
   * its own was stored: what it does besides must bear that. A conflict of work that it runs on another session is an
   * error of that work, not a reason to do this again.
   * @returns what `work` returns, after the commit
   * @throws SessionEndedError when there is no such session and `create` isn't set; CommitConflictError,
   *   StoreUnavailableError and the other outcomes of a commit
   *
   * @example
   * const sync = await createSessionSync({ session: ShopSession, nats: 'embedded' });
   * const { key } = await sync.create();
   * await sync.run(key, (session: SessionState<ShopSession>) => session.mutate('cart').add('apple', 3));
   * await sync.run(key, (session: SessionState<ShopSession>) => session.read('cart').pieces); // → 3
   * await sync.drain();
   */
  run<T extends object = Record<string, unknown>, R = unknown>(
    key: SessionKey,
    work: (session: SessionState<T>) => R | Promise<R>,
  ): Promise<R>;
  run<T extends object = Record<string, unknown>, R = unknown>(
    key: SessionKey,
    options: RunOptions,
    work: (session: SessionState<T>) => R | Promise<R>,
  ): Promise<R>;
  async run<T extends object, R>(
    key: SessionKey,
    optionsOrWork: RunOptions | ((session: SessionState<T>) => R | Promise<R>),
    maybeWork?: (session: SessionState<T>) => R | Promise<R>,
  ): Promise<R> {
    const options = typeof optionsOrWork === 'function' ? {} : optionsOrWork;
    const work = typeof optionsOrWork === 'function' ? optionsOrWork : maybeWork;
    const problems = problemsOfRun(key, options, work);
    if (work === undefined || problems.length > 0) throw new InvalidOptionsError('sync.run()', problems);
    const repetition = this.repetitions.begin(key);
    try {
      for (;;) {
        const unit = await this.openUnit({ key, whenAbsent: options.create === true ? 'sameKey' : 'refuse' });
        if (options.create !== true) unit.requireStored();
        try {
          return await this.runOnce(unit, work, repetition.isAwaited);
        } catch (error) {
          await repetition.next(error, unit, !isAwaitedByOthers());
        }
      }
    } finally {
      repetition.over();
    }
  }

  private async runOnce<T extends object, R>(
    unit: UnitOfWork,
    work: (session: SessionState<T>) => R | Promise<R>,
    isAwaited: boolean,
  ): Promise<R> {
    const slot = new UnitSlot(this);
    slot.isAwaited = isAwaited;
    slot.unit = unit;
    slot.state = 'open';
    try {
      const result = await runInSlot(slot, () => work(new SessionState<T>(slot)));
      await unit.finish();
      return result;
    } finally {
      unit.abandon();
      slot.state = 'ended';
    }
  }

  /** Creates an empty session. The id is the bearer secret to hand to a client; the key is what services call it. */
  create(): Promise<{ readonly id: SessionId; readonly key: SessionKey }> {
    this.assertOpen();
    return this.composition.engine.create();
  }

  /** The key of a session by its bearer id (43 base64url characters). @throws InvalidOptionsError when it is malformed */
  keyOf(id: string): SessionKey {
    const parsed = parseSessionId(id);
    if (parsed === undefined) {
      throw new InvalidOptionsError('sync.keyOf()', ['a session id has 43 base64url characters.']);
    }
    return this.composition.engine.keyOf(parsed);
  }

  /**
   * Ends a session for good, on all nodes.
   * @param reason a word kept in the record; default `ended`
   * @throws SessionEndedError when there is none
   */
  end(key: SessionKey, reason = 'ended'): Promise<void> {
    this.assertOpen();
    return this.composition.engine.end(key, reason);
  }

  /** The session of the unit this code runs in. @throws NoUnitError | SessionNotOpenError | UnitEndedError */
  current<T extends object = Record<string, unknown>>(): SessionState<T> {
    const slot = currentSlot(this);
    requireUnit(slot, 'sessionSync.current()');
    return new SessionState<T>(slot);
  }

  /** The figures as they are now; asking costs nothing and needs no store. */
  stats(): SessionSyncStats {
    return { ...this.composition.engine.figures, isStoreAvailable: this.composition.store.isAvailable };
  }

  /** Opens a unit that the caller must finish or abandon; handlers and `run` are built on it. */
  openUnit(request: OpenRequest): Promise<UnitOfWork> {
    this.assertOpen();
    return this.composition.engine.open(request);
  }

  /** The declarations this service works with. */
  get shape(): SessionShape {
    return this.composition.engine.schema.shape;
  }

  /** Times and bounds in force: options, and defaults where none were given. Milliseconds. */
  get settings(): EngineSettings {
    return this.composition.engine.settings;
  }

  /**
   * Lets commits under way finish, for at most `timeoutMs`, then ends what was started. Units opened later are refused
   * with StoreUnavailableError; a second call does nothing.
   * @param timeoutMs milliseconds; default 5,000
   */
  async drain(timeoutMs = DRAIN_MS): Promise<void> {
    if (this.isDraining) return;
    this.isDraining = true;
    const { engine } = this.composition;
    await Promise.race([engine.idle(), engine.ports.clock.sleep(timeoutMs)]);
    engine.close();
    await this.composition.close();
  }

  private assertOpen(): void {
    if (this.isDraining) throw new StoreUnavailableError('this node is shutting down');
  }
}
