import { StoreRegressionError, StoreUnavailableError } from '../core/errors/index.js';
import {
  expiresAt,
  fold,
  follows,
  parseBody,
  parseHeaders,
  type CodecFor,
  type SessionRecord,
} from '../core/record/index.js';
import type { SessionMessage } from '../core/record/index.js';
import type { SessionKey } from '../core/session/identity.js';
import type { Revision } from '../core/session/revision.js';
import type { StoredMessage } from '../ports/index.js';
import type { ClientStates } from './client-states.js';
import type { Deadline } from './deadline.js';
import type { EnginePorts } from './engine-ports.js';
import { pauseBeforeRetry } from './retry-pause.js';
import type { Secrets } from './secrets.js';

/** A session as the primary state has it now: a record, or nothing and the revision a first message must expect. */
export type PrimaryState =
  | { readonly kind: 'record'; readonly record: SessionRecord }
  | {
      readonly kind: 'absent';
      readonly revision: Revision;
      /** The session has expired, and the store has dropped its snapshot but not all that hung on it. */
      readonly hasRemains: boolean;
    };

/** A chain that doesn't reach from its base to its newest message. */
interface BrokenChain {
  readonly kind: 'brokenChain';
  readonly newest: ReadMessage;
}

interface ReadMessage {
  readonly stored: StoredMessage;
  readonly message: SessionMessage;
}

/** Rounds of reading a chain that changes under the reader before it is taken for broken. */
const CHAIN_ROUNDS = 3;

/** Reads the newest state of sessions, folding only what this node doesn't have; never less than it has seen. */
export class PrimaryReader {
  constructor(
    private readonly ports: EnginePorts,
    private readonly states: ClientStates,
    private readonly codecFor: CodecFor,
    private readonly secrets: Secrets,
  ) {}

  /** @throws StoreUnavailableError | StoreRegressionError | ForeignRecordError | AttributeDecodeError */
  async read(key: SessionKey, deadline: Deadline): Promise<PrimaryState> {
    let brokenRounds = 0;
    for (let attempt = 1; ; attempt++) {
      const outcome = await this.tryRead(key, deadline);
      if (outcome !== 'belowFloor' && outcome.kind !== 'brokenChain') return outcome;
      if (outcome !== 'belowFloor' && ++brokenRounds >= CHAIN_ROUNDS) return this.remains(key, outcome.newest);
      if (deadline.hasPassed) {
        throw new StoreRegressionError(
          `session ${key} was seen at revision ${this.states.floor(key)}, the store has less`,
        );
      }
      await pauseBeforeRetry(attempt, deadline, this.ports);
    }
  }

  private async tryRead(key: SessionKey, deadline: Deadline): Promise<PrimaryState | BrokenChain | 'belowFloor'> {
    const cached = this.states.newest(key);
    const known = cached && { revision: cached.revision, bytes: cached.newestBytes };
    const newest = await this.ask(deadline, (timeoutMs) => this.ports.log.readNewest(key, known, timeoutMs));
    if (newest.kind === 'unchanged' && cached !== undefined) {
      return cached.revision >= this.states.floor(key) ? { kind: 'record', record: cached } : 'belowFloor';
    }
    if (newest.kind !== 'message')
      return this.absent(key, newest.kind === 'absent' ? newest.revision : undefined, deadline);
    if (newest.message.revision < this.states.floor(key)) return 'belowFloor';
    if (newest.message.revision === cached?.revision) return { kind: 'record', record: cached };
    const message = this.parse(key, newest.message);
    const record = await this.foldUpTo(key, message, cached, deadline);
    return record === undefined
      ? { kind: 'brokenChain', newest: message }
      : { kind: 'record', record: this.states.advance(key, record) };
  }

  /** Absent counts only from a device that has come as far as this node has seen the session. */
  private async absent(
    key: SessionKey,
    revision: Revision | undefined,
    deadline: Deadline,
  ): Promise<PrimaryState | 'belowFloor'> {
    const floor = this.states.floor(key);
    if (revision === undefined) return 'belowFloor';
    if (floor > revision) {
      const reached = await this.ask(deadline, (timeoutMs) => this.ports.log.reached(key, timeoutMs));
      if (reached < floor) return 'belowFloor';
    }
    this.states.forget(key);
    return { kind: 'absent', revision, hasRemains: false };
  }

  /** Snapshots die before the deltas on them, but not before the session: then there is nothing left to fold. */
  private remains(key: SessionKey, { stored, message }: ReadMessage): PrimaryState {
    const expiredAt = expiresAt({ storedAt: stored.storedAt, life: message.life });
    if (this.ports.log.storeNow() < expiredAt) {
      throw new StoreRegressionError(`messages of session ${key} don't form a chain`);
    }
    this.states.forget(key);
    return { kind: 'absent', revision: stored.revision, hasRemains: true };
  }

  private async foldUpTo(
    key: SessionKey,
    newest: ReadMessage,
    cached: SessionRecord | undefined,
    deadline: Deadline,
  ): Promise<SessionRecord | undefined> {
    if (newest.message.kind !== 'delta') return fold(undefined, newest.message, newest.stored, this.codecFor);
    if (cached !== undefined && follows(cached, newest.message)) {
      return fold(cached, newest.message, newest.stored, this.codecFor);
    }
    const { base } = newest.message.chain;
    const from = cached !== undefined && cached.revision >= base && cached.end === undefined ? cached : undefined;
    const first = from === undefined ? base : ((from.revision + 1) as Revision);
    const messages = await this.ask(deadline, (timeoutMs) =>
      this.ports.log.readRange(key, first, newest.stored.revision, timeoutMs),
    );
    const read = messages.map((message) => this.parse(key, message));
    return this.foldChain(from, read, newest.stored.revision);
  }

  private foldChain(
    from: SessionRecord | undefined,
    messages: readonly ReadMessage[],
    upTo: Revision,
  ): SessionRecord | undefined {
    let record = from;
    for (const { stored, message } of messages) {
      const isNext =
        record === undefined ? message.kind !== 'delta' : message.kind !== 'delta' || follows(record, message);
      if (!isNext) return undefined;
      record = fold(record, message, stored, this.codecFor);
    }
    return record?.revision === upTo ? record : undefined;
  }

  private parse(key: SessionKey, stored: StoredMessage): ReadMessage {
    const lines = this.secrets.opened(parseBody(stored.body), key);
    return { stored, message: { ...parseHeaders(stored.headers), lines } };
  }

  private async ask<T>(deadline: Deadline, question: (timeoutMs: number) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await question(deadline.attemptMs);
      } catch (error) {
        if (!(error instanceof StoreUnavailableError) || deadline.hasPassed) throw error;
        await pauseBeforeRetry(attempt + 2, deadline, this.ports);
      }
    }
  }
}
