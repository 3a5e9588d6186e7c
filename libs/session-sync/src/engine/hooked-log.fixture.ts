import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import type {
  AppendOutcome,
  KnownMessage,
  LogMessage,
  NewestMessage,
  SessionLog,
  StoredMessage,
} from '../ports/index.js';

/** A log that asks a test before each question, and after each append, what shall come of it. */
export class HookedLog implements SessionLog {
  /** May throw, or wait. */
  beforeRead: () => void | Promise<void> = () => undefined;
  /** Answers in the log's place, or lets the append pass. */
  insteadOfAppend: (message: LogMessage) => AppendOutcome | undefined | Promise<undefined> = () => undefined;
  /** The answer, if it shall be another than the log's. */
  afterAppend: (outcome: AppendOutcome) => AppendOutcome = (outcome) => outcome;
  readonly appended: LogMessage[] = [];

  /** Does something else first when the next end of a session is about to be stored. */
  beforeEnd(work: () => Promise<void>): void {
    this.insteadOfAppend = async (message) => {
      if (!message.headers.some(([name]) => name === 'Sync-End')) return undefined;
      this.insteadOfAppend = () => undefined;
      await work();
      return undefined;
    };
  }

  constructor(private readonly log: SessionLog) {}

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
    this.appended.push(message);
    const instead = await this.insteadOfAppend(message);
    if (instead !== undefined) return instead;
    return this.afterAppend(await this.log.append(key, message, expected, timeoutMs));
  }

  async readNewest(key: SessionKey, known: KnownMessage | undefined, timeoutMs: number): Promise<NewestMessage> {
    await this.beforeRead();
    return this.log.readNewest(key, known, timeoutMs);
  }

  async readRange(key: SessionKey, from: Revision, to: Revision, timeoutMs: number): Promise<readonly StoredMessage[]> {
    await this.beforeRead();
    return this.log.readRange(key, from, to, timeoutMs);
  }

  async reached(key: SessionKey, timeoutMs: number): Promise<Revision> {
    await this.beforeRead();
    return this.log.reached(key, timeoutMs);
  }
}
