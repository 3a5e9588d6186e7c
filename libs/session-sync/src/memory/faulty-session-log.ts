import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import { StoreUnavailableError } from '../core/errors/index.js';
import type {
  AppendOutcome,
  KnownMessage,
  LogMessage,
  NewestMessage,
  SessionLog,
  StoredMessage,
} from '../ports/index.js';

/**
 * What goes wrong with one append: `ackLost` = stored, but answered ambiguously; `lost` = never stored, answered
 * ambiguously; `busy` and `unavailable` = not stored, and said so.
 */
export type AppendFault = 'ackLost' | 'lost' | 'busy' | 'unavailable';

/** A session log with the faults a test asks for: each append takes the next one of the script. */
export class FaultySessionLog implements SessionLog {
  private readonly script: (AppendFault | 'none')[] = [];
  private isDown = false;

  constructor(private readonly log: SessionLog) {}

  /** Faults of the next appends, in order; `none` lets one pass. */
  failAppends(...faults: readonly (AppendFault | 'none')[]): void {
    this.script.push(...faults);
  }

  /** Whether the store can't be reached at all: appends answer `unavailable`, reads throw. */
  setDown(isDown: boolean): void {
    this.isDown = isDown;
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
    if (this.isDown) return { kind: 'unavailable', what: 'the simulated store is down' };
    switch (this.script.shift() ?? 'none') {
      case 'none':
        return this.log.append(key, message, expected, timeoutMs);
      case 'ackLost':
        await this.log.append(key, message, expected, timeoutMs);
        return { kind: 'ambiguous', what: 'the simulated acknowledgement was lost' };
      case 'lost':
        return { kind: 'ambiguous', what: 'the simulated message was lost' };
      case 'busy':
        return { kind: 'busy' };
      case 'unavailable':
        return { kind: 'unavailable', what: 'the simulated store refused' };
    }
  }

  async readNewest(key: SessionKey, known: KnownMessage | undefined, timeoutMs: number): Promise<NewestMessage> {
    this.refuseWhenDown();
    return this.log.readNewest(key, known, timeoutMs);
  }

  async readRange(key: SessionKey, from: Revision, to: Revision, timeoutMs: number): Promise<readonly StoredMessage[]> {
    this.refuseWhenDown();
    return this.log.readRange(key, from, to, timeoutMs);
  }

  async reached(key: SessionKey, timeoutMs: number): Promise<Revision> {
    this.refuseWhenDown();
    return this.log.reached(key, timeoutMs);
  }

  private refuseWhenDown(): void {
    if (this.isDown) throw new StoreUnavailableError('the simulated store is down');
  }
}
