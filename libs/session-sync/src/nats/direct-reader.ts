import { StoreUnavailableError } from '../core/errors/index.js';
import type { Revision } from '../core/session/revision.js';
import type { NatsMessage } from './client/nats-message.js';
import { jsonBytes, unanswered } from './jetstream-api.js';
import type { Question, ReplyMux } from './reply-mux.js';
import { fromDirectGet, type Found } from './stored-message.js';
import { after, revisionOf, type Deadline, type SubjectReader } from './subject-reader.js';
import { directGet } from './subjects.js';

const NO_STATUS = 0;
const END_OF_BATCH = 204;
const NO_MESSAGE = 404;

/**
 * Reads by direct get: raw messages, no JSON around them. Only for streams with one replica: with more, any of them
 * answers, also one that lags behind.
 */
export class DirectReader implements SubjectReader {
  constructor(
    private readonly mux: ReplyMux,
    private readonly stream: string,
    private readonly maxMessages: number,
    /** Whether the server takes several messages in one question (from 2.11 on). */
    private readonly hasBatches: boolean,
  ) {}

  newest(subject: string, deadline: Deadline): Promise<Found | undefined> {
    return this.one({
      subject: directGet(this.stream, subject),
      body: new Uint8Array(0),
      timeoutMs: deadline.leftMs(),
    });
  }

  next(subject: string, from: Revision, deadline: Deadline): Promise<Found | undefined> {
    return this.one({
      subject: directGet(this.stream),
      body: jsonBytes({ seq: Math.max(1, from), next_by_subj: subject }),
      timeoutMs: deadline.leftMs(),
    });
  }

  async range(subject: string, from: Revision, to: Revision, deadline: Deadline): Promise<readonly Found[]> {
    const messages: Found[] = [];
    let seek = from;
    while (seek <= to && messages.length < this.maxMessages) {
      const part = await this.part(subject, seek, to, deadline);
      const wanted = part.filter((found) => revisionOf(found) <= to);
      messages.push(...wanted);
      const last = part.at(-1);
      if (last === undefined || wanted.length < part.length) break;
      seek = after(revisionOf(last));
    }
    return messages;
  }

  private async part(subject: string, from: Revision, to: Revision, deadline: Deadline): Promise<readonly Found[]> {
    if (this.hasBatches) return this.batch(subject, from, Math.min(this.maxMessages, to - from + 1), deadline);
    const found = await this.next(subject, from, deadline);
    return found === undefined ? [] : [found];
  }

  private async batch(subject: string, from: Revision, count: number, deadline: Deadline): Promise<readonly Found[]> {
    const messages: Found[] = [];
    const isLast = (message: NatsMessage): boolean => {
      if (message.status !== NO_STATUS) return true;
      const found = fromDirectGet(message);
      if (found !== undefined) messages.push(found);
      return false;
    };
    const request = { seq: Math.max(1, from), next_by_subj: subject, batch: count };
    const asked = directGet(this.stream);
    const reply = await this.mux.ask({
      subject: asked,
      body: jsonBytes(request),
      timeoutMs: deadline.leftMs(),
      isLast,
    });
    if (reply.kind !== 'message') throw unanswered(reply, asked);
    const { status, statusText } = reply.message;
    if (status !== END_OF_BATCH && status !== NO_MESSAGE) throw this.unexpected(`${status} ${statusText}`);
    return messages;
  }

  private async one(question: Question): Promise<Found | undefined> {
    const reply = await this.mux.ask(question);
    if (reply.kind !== 'message') throw unanswered(reply, question.subject);
    const { message } = reply;
    if (message.status === NO_MESSAGE) return undefined;
    const found = message.status === NO_STATUS ? fromDirectGet(message) : undefined;
    if (found === undefined) throw this.unexpected(`${message.status} ${message.statusText}`);
    return found;
  }

  private unexpected(answer: string): StoreUnavailableError {
    return new StoreUnavailableError(`a direct get from ${this.stream} answered ${answer}`);
  }
}
