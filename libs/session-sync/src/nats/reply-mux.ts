import type { Clock } from '../ports/index.js';
import type { ConnectionEvent, NatsClient } from './client/nats-client.js';
import type { NatsMessage } from './client/nats-message.js';
import type { HeaderBlock } from './header-block.js';

/** What came of a question. Only `lost` leaves open whether the server got it. */
export type Reply =
  | { readonly kind: 'message'; readonly message: NatsMessage }
  /** Nobody listens on the subject: nothing was stored. */
  | { readonly kind: 'noResponders' }
  /** Nothing left this process. */
  | { readonly kind: 'notSent'; readonly what: string }
  /** The server refused it. */
  | { readonly kind: 'denied'; readonly what: string }
  | { readonly kind: 'lost'; readonly what: string };

export interface Question {
  readonly subject: string;
  readonly body: Uint8Array;
  readonly headers?: HeaderBlock;
  readonly timeoutMs: number;
  /** For several answers: takes each, and says whether it was the last. Without: the first answer is the last. */
  readonly isLast?: (message: NatsMessage) => boolean;
}

interface Pending {
  readonly subject: string;
  readonly dueMs: number;
  readonly isLast: ((message: NatsMessage) => boolean) | undefined;
  readonly settle: (reply: Reply) => void;
}

const NO_RESPONDERS = 503;
/** How often deadlines are looked at: one timer for all questions, running only while there are any. */
const TICK_MS = 20;
const NOTHING = new Uint8Array(0);

/**
 * Questions and answers over one subscription. A question costs a map entry and a token; the client's own request
 * costs a timer, a race of promises and a stack trace each.
 */
export class ReplyMux {
  private readonly pending = new Map<string, Pending>();
  private readonly prefix: string;
  private readonly stops: readonly (() => void)[];
  private lastToken = 0;
  private isTicking = false;
  private whyBroken: string | undefined;

  constructor(
    private readonly client: NatsClient,
    private readonly clock: Clock,
  ) {
    this.prefix = `${client.newInbox()}.`;
    this.stops = [
      client.subscribe(
        `${this.prefix}*`,
        (message) => this.receive(message),
        (what) => this.fail(`the server ended the subscription for replies: ${what}`),
      ),
      client.onEvent((event) => this.follow(event)),
    ];
  }

  /** Asks, and tells what came of it: within `timeoutMs`, up to 20 ms early. Never throws. */
  ask(question: Question): Promise<Reply> {
    if (this.whyBroken !== undefined) return Promise.resolve({ kind: 'notSent', what: this.whyBroken });
    if (!this.client.isConnected) {
      return Promise.resolve({ kind: 'notSent', what: `not connected to ${this.client.address}` });
    }
    return new Promise((resolve) => {
      const token = (this.lastToken += 1).toString(36);
      const marginMs = Math.min(TICK_MS, question.timeoutMs / 2);
      this.pending.set(token, {
        subject: question.subject,
        dueMs: this.clock.monotonicMs() + question.timeoutMs - marginMs,
        isLast: question.isLast,
        settle: resolve,
      });
      this.send(question, token);
      if (!this.isTicking) void this.tick();
    });
  }

  /** Asks without a body. */
  askPlain(subject: string, timeoutMs: number): Promise<Reply> {
    return this.ask({ subject, body: NOTHING, timeoutMs });
  }

  close(): void {
    this.fail('the store was closed');
    for (const stop of this.stops) stop();
  }

  private send(question: Question, token: string): void {
    const reply = this.prefix + token;
    try {
      this.client.publish(
        question.subject,
        question.body,
        question.headers === undefined ? { reply } : { reply, headers: question.headers },
      );
    } catch (error) {
      this.settle(token, { kind: 'notSent', what: error instanceof Error ? error.message : String(error) });
    }
  }

  private receive(message: NatsMessage): void {
    const token = message.subject.slice(this.prefix.length);
    const pending = this.pending.get(token);
    if (pending === undefined) return;
    if (message.status === NO_RESPONDERS && message.body.length === 0) this.settle(token, { kind: 'noResponders' });
    else if (pending.isLast === undefined || pending.isLast(message)) this.settle(token, { kind: 'message', message });
  }

  private follow(event: ConnectionEvent): void {
    if (event.kind === 'disconnected') this.settleAll('the connection was lost before the answer came');
    else if (event.kind === 'closed') this.fail('the connection was closed');
    else if (event.kind === 'denied') this.deny(event.subject, event.what);
  }

  /** The server names the subject, not the message: with several pending on it, which one was refused stays open. */
  private deny(subject: string, what: string): void {
    const asked = [...this.pending].filter(([, pending]) => pending.subject === subject);
    const reply: Reply = asked.length === 1 ? { kind: 'denied', what } : { kind: 'lost', what };
    for (const [token] of asked) this.settle(token, reply);
  }

  private async tick(): Promise<void> {
    this.isTicking = true;
    while (this.pending.size > 0) {
      await this.clock.sleep(TICK_MS);
      const nowMs = this.clock.monotonicMs();
      for (const [token, pending] of this.pending) {
        if (pending.dueMs <= nowMs) this.settle(token, { kind: 'lost', what: 'no answer came in time' });
      }
    }
    this.isTicking = false;
  }

  private settle(token: string, reply: Reply): void {
    const pending = this.pending.get(token);
    this.pending.delete(token);
    pending?.settle(reply);
  }

  private settleAll(what: string): void {
    for (const token of this.pending.keys()) this.settle(token, { kind: 'lost', what });
  }

  private fail(what: string): void {
    this.whyBroken ??= what;
    this.settleAll(what);
  }
}
