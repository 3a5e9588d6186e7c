import { StoreUnavailableError } from '../core/errors/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import { FaultySessionLog, type AppendFault, type MemorySessionLog } from '../memory/index.js';
import type {
  AppendOutcome,
  Clock,
  KnownMessage,
  LogMessage,
  NewestMessage,
  SessionLog,
  StoredMessage,
} from '../ports/index.js';
import type { Dice } from './chaos-dice.fixture.js';

/** What the store has accepted, in order: the witness's evidence. */
export interface Accepted {
  readonly key: SessionKey;
  readonly message: LogMessage;
  readonly expected: Revision;
  readonly revision: Revision;
  readonly storedAt: number;
}

export interface Weather {
  readonly dice: Dice;
  readonly clock: Clock;
  readonly accepted: Accepted[];
  /** How likely a question goes wrong, 0 to 1. */
  trouble: number;
  readonly longestDelayMs: number;
}

const FAULTS: readonly (AppendFault | 'late')[] = ['ackLost', 'ackLost', 'lost', 'busy', 'unavailable', 'late'];

/** One node's way to the store: everything takes its time, some of it goes wrong. */
export class ChaosLog implements SessionLog {
  private readonly faulty: FaultySessionLog;

  constructor(
    private readonly log: MemorySessionLog,
    private readonly weather: Weather,
  ) {
    this.faulty = new FaultySessionLog(witnessed(log, weather.accepted));
  }

  get maxMessageBytes(): number {
    return this.log.maxMessageBytes;
  }

  get maxMessages(): number {
    return this.log.maxMessages;
  }

  storeNow(): number {
    return this.log.storeNow();
  }

  async append(key: SessionKey, message: LogMessage, expected: Revision, timeoutMs: number): Promise<AppendOutcome> {
    const { dice, trouble, clock } = this.weather;
    const fault = dice.chance(trouble) ? dice.pick(FAULTS) : 'none';
    if (fault === 'late') {
      const late = clock.sleep(timeoutMs + dice.below(3_000));
      void late.then(() => this.faulty.append(key, message, expected, timeoutMs));
      await clock.sleep(timeoutMs);
      return { kind: 'ambiguous', what: 'the message was held up' };
    }
    await this.delay(timeoutMs / 2);
    this.faulty.failAppends(fault);
    const outcome = await this.faulty.append(key, message, expected, timeoutMs);
    await this.delay(timeoutMs / 2);
    return outcome;
  }

  async readNewest(key: SessionKey, known: KnownMessage | undefined, timeoutMs: number): Promise<NewestMessage> {
    await this.maybeRefuse(timeoutMs);
    const newest = await this.log.readNewest(key, known, timeoutMs);
    await this.delay(timeoutMs / 2);
    return newest;
  }

  async readRange(key: SessionKey, from: Revision, to: Revision, timeoutMs: number): Promise<readonly StoredMessage[]> {
    await this.maybeRefuse(timeoutMs);
    return this.log.readRange(key, from, to, timeoutMs);
  }

  async reached(key: SessionKey, timeoutMs: number): Promise<Revision> {
    await this.maybeRefuse(timeoutMs);
    return this.log.reached(key, timeoutMs);
  }

  private async maybeRefuse(timeoutMs: number): Promise<void> {
    await this.delay(timeoutMs / 2);
    if (this.weather.dice.chance(this.weather.trouble / 2)) throw new StoreUnavailableError('no answer', 1_000);
  }

  private async delay(atMostMs: number): Promise<void> {
    const { dice, clock, longestDelayMs } = this.weather;
    const ms = dice.below(Math.min(longestDelayMs, atMostMs) + 1);
    if (ms > 0) await clock.sleep(ms);
  }
}

function witnessed(log: MemorySessionLog, accepted: Accepted[]): SessionLog {
  return Object.create(log, {
    append: {
      value: async (...[key, message, expected, timeoutMs]: Parameters<SessionLog['append']>) => {
        const outcome = await log.append(key, message, expected, timeoutMs);
        if (outcome.kind === 'accepted') {
          accepted.push({ key, message, expected, revision: outcome.revision, storedAt: log.storeNow() });
        }
        return outcome;
      },
    },
  }) as SessionLog;
}
