import type { SessionKey } from '../core/session/identity.js';
import { NOTHING_STORED, toRevision, type Revision } from '../core/session/revision.js';
import type {
  AppendOutcome,
  Clock,
  KnownMessage,
  LogHeader,
  LogMessage,
  NewestMessage,
  SessionLog,
  StoredMessage,
} from '../ports/index.js';
import { numberAt, recordAt } from './api-json.js';
import { appendOutcome } from './append-outcome.js';
import type { NatsClient } from './client/nats-client.js';
import { checkHeaders, asciiBlockBytes, headerBlock } from './header-block.js';
import { askApi, refusal } from './jetstream-api.js';
import type { ReplyMux } from './reply-mux.js';
import type { SessionBucket } from './session-bucket.js';
import type { StoreClock } from './store-clock.js';
import type { Found } from './stored-message.js';
import { MAX_MESSAGES_PER_SESSION } from './stream-settings.js';
import { after, Deadline } from './subject-reader.js';
import { keySubject, shardOf, streamApi } from './subjects.js';
import { toTtl } from './units.js';

/** Room for the headers by which the store is told what to do, and for the line before them. */
const OWN_HEADER_BYTES = 128;
/** From this size on a known message is cheaper not to fetch again. */
const WORTH_ASKING_BYTES = 4096;
const MOST_REMEMBERED = 10_000;
const encoder = new TextEncoder();

/** What the log works with; `buckets` in the order of their numbers. */
export interface NatsSessionLogParts {
  readonly client: NatsClient;
  readonly mux: ReplyMux;
  readonly clock: Clock;
  readonly storeClock: StoreClock;
  readonly buckets: readonly [SessionBucket, ...SessionBucket[]];
}

/**
 * The session log as KV buckets: a session is one subject, an append one conditional publish.
 *
 * `unchanged` says that nothing newer than the known message was stored; whether that one has expired meanwhile isn't
 * asked. Whoever appends to it learns that: refused, and the next read asks for the newest as it is.
 */
export class NatsSessionLog implements SessionLog {
  readonly maxMessages = MAX_MESSAGES_PER_SESSION;
  /** Sessions of which an append was refused: what the caller knows isn't the newest, so that is asked for at once. */
  private readonly surelyChanged = new Set<SessionKey>();

  constructor(private readonly parts: NatsSessionLogParts) {}

  get maxMessageBytes(): number {
    return Math.min(...this.parts.buckets.map((bucket) => this.limitOf(bucket)));
  }

  storeNow(): number {
    return this.parts.storeClock.now();
  }

  /** @throws UnsupportedValueError when a header can't be sent as it is */
  async append(key: SessionKey, message: LogMessage, expected: Revision, timeoutMs: number): Promise<AppendOutcome> {
    checkHeaders(message.headers);
    const bucket = this.bucketOf(key);
    const body = encoder.encode(message.body);
    const own = instructions(message, expected, bucket.expiresMessages);
    const headers = headerBlock([...message.headers, ...own]);
    const bytes = headers.bytes.length + body.length - asciiBlockBytes(own);
    const size = { bytes, maxBytes: this.limitOf(bucket) };
    // A server that gets more than it takes closes the connection, for everybody on it.
    if (size.bytes > size.maxBytes) return { kind: 'tooLarge', ...size };
    const reply = await this.parts.mux.ask({ subject: keySubject(bucket.bucket, key), body, headers, timeoutMs });
    const outcome = appendOutcome(reply, size);
    if (outcome.kind === 'refused' && this.surelyChanged.size < MOST_REMEMBERED) this.surelyChanged.add(key);
    return outcome;
  }

  async readNewest(key: SessionKey, known: KnownMessage | undefined, timeoutMs: number): Promise<NewestMessage> {
    const { bucket, reader } = this.bucketOf(key);
    const subject = keySubject(bucket, key);
    const deadline = new Deadline(this.parts.clock, timeoutMs);
    const isSurelyChanged = this.surelyChanged.delete(key);
    if (known !== undefined && known.bytes > WORTH_ASKING_BYTES && !isSurelyChanged) {
      const newer = await reader.next(subject, after(known.revision), deadline);
      if (newer === undefined) return { kind: 'unchanged' };
    }
    return newest(await reader.newest(subject, deadline), known);
  }

  async readRange(key: SessionKey, from: Revision, to: Revision, timeoutMs: number): Promise<readonly StoredMessage[]> {
    const { bucket, reader } = this.bucketOf(key);
    const found = await reader.range(keySubject(bucket, key), from, to, new Deadline(this.parts.clock, timeoutMs));
    return found.flatMap((one) => (one.kind === 'message' ? [one.message] : []));
  }

  async reached(key: SessionKey, timeoutMs: number): Promise<Revision> {
    const api = streamApi('INFO', this.bucketOf(key).stream);
    const answer = await askApi(this.parts.mux, api, undefined, timeoutMs);
    if (answer.kind === 'failure') throw refusal(answer.failure, api);
    return toRevision(numberAt(recordAt(answer.body, 'state'), 'last_seq') ?? 0) ?? NOTHING_STORED;
  }

  private bucketOf(key: SessionKey): SessionBucket {
    const { buckets } = this.parts;
    return buckets[shardOf(key, buckets.length)] ?? buckets[0];
  }

  /** For headers and body of the caller, as `append` counts them. */
  private limitOf(bucket: SessionBucket): number {
    return Math.min(this.parts.client.server.maxPayloadBytes, bucket.maxMessageBytes) - OWN_HEADER_BYTES;
  }
}

function instructions(message: LogMessage, expected: Revision, expiresMessages: boolean): readonly LogHeader[] {
  const headers: LogHeader[] = [['Nats-Expected-Last-Subject-Sequence', String(expected)]];
  if (message.replacesEarlier) headers.push(['Nats-Rollup', 'sub']);
  if (expiresMessages) headers.push(['Nats-TTL', toTtl(message.keepMs)]);
  return headers;
}

function newest(found: Found | undefined, known: KnownMessage | undefined): NewestMessage {
  if (found === undefined) return { kind: 'absent', revision: NOTHING_STORED };
  if (found.kind === 'marker') return { kind: 'absent', revision: found.revision };
  return found.message.revision === known?.revision ? { kind: 'unchanged' } : found;
}
