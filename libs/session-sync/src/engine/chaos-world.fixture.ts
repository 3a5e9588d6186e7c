import { declareAttribute } from '../core/access/index.js';
import { SessionSyncError } from '../core/errors/index.js';
import { Counter } from '../core/patch/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import { MemorySessionLog } from '../memory/index.js';
import { MemoryNode } from '../testing/memory-node.js';
import { ChaosClock } from './chaos-clock.fixture.js';
import { Dice } from './chaos-dice.fixture.js';
import { ChaosLog, type Weather } from './chaos-log.fixture.js';
import type { SessionEngine } from './session-engine.js';
import type { SessionSchema } from './session-schema.js';

/** Each unit adds one to both counters and a line; it sets both halves to the same: what is torn shows. */
export class Ledger {
  visits = 0;
  twin = 0;
  lines: string[] = [];
  left = '';
  right = '';
  filler = '';
}
declareAttribute(Ledger.prototype, 'visits', { merge: Counter }, Number);
declareAttribute(Ledger.prototype, 'twin', { merge: Counter }, Number);
declareAttribute(Ledger.prototype, 'lines', { mutable: true }, Array);
declareAttribute(Ledger.prototype, 'left', {}, String);
declareAttribute(Ledger.prototype, 'right', {}, String);
declareAttribute(Ledger.prototype, 'filler', {}, String);

export type Verdict = 'stored' | 'unknown' | 'refused';

/** What clients know of one session, under all its keys. */
export interface KnownSession {
  readonly keys: SessionKey[];
  /** Keys whose ids were issued to a client. */
  readonly issued: Set<SessionKey>;
  /** What was acknowledged by now. */
  readonly lines: Set<string>;
  readonly revisions: Map<SessionKey, Revision>;
  isEnded: boolean;
}

/** Three nodes, one store, bad weather; everything from one seed. */
export class ChaosWorld {
  readonly dice: Dice;
  readonly clock = new ChaosClock();
  readonly weather: Weather;
  readonly store: MemorySessionLog;
  readonly schema: SessionSchema;
  readonly nodes: readonly SessionEngine[];
  readonly sessions: KnownSession[] = [];
  readonly verdicts = new Map<string, Verdict>();
  readonly wrong: string[] = [];
  private readonly idleMs: number;
  private linesMade = 0;

  constructor(seed: number) {
    const dice = new Dice(seed);
    this.dice = dice;
    const { clock } = this;
    this.store = new MemorySessionLog({ clock, maxMessages: dice.pick([3, 12, 1024]) });
    const [trouble, longestDelayMs] = [dice.pick([0, 0.1, 0.3, 0.6]), dice.pick([0, 5, 400])];
    this.weather = { dice, clock, accepted: [], trouble, longestDelayMs };
    this.idleMs = dice.pick([3_000, 20_000, 60_000]);
    const maxSessions = dice.pick([1, 100]);
    const first = this.newNode(maxSessions);
    this.schema = first.schema;
    this.nodes = [first, this.newNode(maxSessions), this.newNode(maxSessions)];
  }

  newNode(maxSessions = 100): SessionEngine {
    const { dice, clock, idleMs } = this;
    const log = new ChaosLog(this.store, this.weather);
    const settings = { idleMs, absoluteMs: 600_000, maxSessions };
    return new MemoryNode(Ledger, { log, clock, random: dice, settings }).engine;
  }

  nextLine(): string {
    return `#${++this.linesMade}`;
  }

  /** Notes what must never be. */
  assert(isRight: boolean, what: string): void {
    if (!isRight) this.wrong.push(what);
  }

  /** What came of a question that may be refused, but only by one of our errors and within its time. */
  async outcome<T>(what: string, asked: Promise<T>, mostMs = 6_500): Promise<T | SessionSyncError> {
    const since = this.clock.monotonicMs();
    const result = await asked.catch((error: unknown) => {
      if (error instanceof SessionSyncError) return error;
      this.wrong.push(`${what} threw ${String(error)}`);
      throw error;
    });
    const tookMs = this.clock.monotonicMs() - since;
    this.assert(tookMs <= mostMs, `${what} took ${tookMs} ms`);
    return result;
  }
}
