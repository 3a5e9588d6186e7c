import { CommitConflictError } from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import { Deadline } from './deadline.js';
import { KeyedTurns } from './keyed-turns.js';
import { pauseBeforeRetry } from './retry-pause.js';
import type { SessionEngine } from './session-engine.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Most times that one piece of work is done, however much time is left. */
const MAX_RUNS = 100;

type Engine = Pick<SessionEngine, 'ports' | 'settings' | 'schema'>;

/** Where work is done again that met a change of somebody else. */
export class Repetitions {
  private readonly turns: KeyedTurns;

  constructor(private readonly engine: Engine) {
    this.turns = new KeyedTurns(engine.ports.clock);
  }

  begin(key: SessionKey): Repetition {
    return new Repetition(this.engine, key, this.turns);
  }
}

/**
 * One piece of work that is done again when an attribute with `merge: 'retry'` was changed by somebody else at the same
 * place. What this node does again on one session it does one after the other: so only nodes contend.
 */
export class Repetition {
  private runs = 1;
  private deadline: Deadline | undefined;
  private endTurn: (() => void) | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly key: SessionKey,
    private readonly turns: KeyedTurns,
  ) {}

  /** Whether others wait for this one: what it waits for must not be one of them. */
  get isAwaited(): boolean {
    return this.endTurn !== undefined;
  }

  /**
   * Resolves when the work of `unit`, which failed with `error`, shall be done again; throws the error when it shall not:
   * another outcome, another unit's conflict, another policy, something of the unit is stored already, or the store deadline has passed since the
   * first conflict.
   * @param mayWait whether it may wait for its turn: not when it is part of what others wait for
   */
  async next(error: unknown, unit: UnitOfWork, mayWait: boolean): Promise<void> {
    if (!this.isRetried(error) || !unit.isOwnFailure(error) || unit.hasStored) throw error;
    const { ports, settings } = this.engine;
    this.deadline ??= new Deadline(ports.clock, settings.storeDeadlineMs);
    if (this.deadline.hasPassed || this.runs >= MAX_RUNS) throw error;
    this.runs++;
    if (this.isAwaited || !mayWait) return pauseBeforeRetry(this.runs, this.deadline, ports);
    this.endTurn = await this.turns.take(this.key, this.deadline);
    if (this.endTurn === undefined) throw error;
  }

  /** Whatever came out. */
  over(): void {
    this.endTurn?.();
  }

  private isRetried(error: unknown): error is CommitConflictError {
    if (!(error instanceof CommitConflictError)) return false;
    return this.engine.schema.shape.attributes.get(error.attribute)?.merge === 'retry';
  }
}
