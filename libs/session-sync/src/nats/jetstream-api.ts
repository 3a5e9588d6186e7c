import { StoreUnavailableError } from '../core/errors/index.js';
import { numberAt, parseRecord, recordAt, textAt, type JsonRecord } from './api-json.js';
import type { Reply, ReplyMux } from './reply-mux.js';

/** An error as JetStream answers it. */
export interface ApiFailure {
  readonly errCode: number;
  readonly description: string;
}

export type ApiAnswer =
  | { readonly kind: 'answer'; readonly body: JsonRecord }
  | { readonly kind: 'failure'; readonly failure: ApiFailure };

const encoder = new TextEncoder();

/** JSON as a body. */
export function jsonBytes(value: object): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** The error in an answer of JetStream, undefined when it is none. */
export function failureIn(body: JsonRecord): ApiFailure | undefined {
  const error = recordAt(body, 'error');
  if (error === undefined) return undefined;
  return {
    errCode: numberAt(error, 'err_code') ?? numberAt(error, 'code') ?? 0,
    description: textAt(error, 'description') ?? 'no reason given',
  };
}

/**
 * Asks JetStream's API.
 * @throws StoreUnavailableError when no answer came, or none that can be read
 */
export async function askApi(
  mux: ReplyMux,
  subject: string,
  request: object | undefined,
  timeoutMs: number,
): Promise<ApiAnswer> {
  const reply = await (request === undefined
    ? mux.askPlain(subject, timeoutMs)
    : mux.ask({ subject, body: jsonBytes(request), timeoutMs }));
  if (reply.kind !== 'message') throw unanswered(reply, subject);
  const body = parseRecord(reply.message.text());
  if (body === undefined) throw new StoreUnavailableError(`${subject} answered with what isn't JSON`);
  const failure = failureIn(body);
  return failure === undefined ? { kind: 'answer', body } : { kind: 'failure', failure };
}

/** The error that stands for a question without an answer. */
export function unanswered(reply: Exclude<Reply, { kind: 'message' }>, subject: string): StoreUnavailableError {
  return new StoreUnavailableError(`${whatOf(reply)} (asked ${subject})`);
}

/** The error that stands for a refusal of a question that isn't a write. */
export function refusal(failure: ApiFailure, subject: string): StoreUnavailableError {
  return new StoreUnavailableError(`${failure.description}, error ${failure.errCode} (asked ${subject})`);
}

export function whatOf(reply: Exclude<Reply, { kind: 'message' }>): string {
  return reply.kind === 'noResponders' ? 'JetStream does not answer: no leader, no stream, or not enabled' : reply.what;
}
