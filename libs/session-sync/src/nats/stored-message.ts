import { toRevision, type Revision } from '../core/session/revision.js';
import type { LogHeader, StoredMessage } from '../ports/index.js';
import { numberAt, textAt, type JsonRecord } from './api-json.js';
import type { NatsMessage } from './client/nats-message.js';
import { decodeHeaderBlock, writersHeaders } from './header-block.js';
import { fromTimestamp } from './units.js';

/** A message of a session's subject, or the server's or a KV client's sign that there is none. */
export type Found =
  | { readonly kind: 'message'; readonly message: StoredMessage }
  | { readonly kind: 'marker'; readonly revision: Revision };

/** What a direct get answered: body and headers as they were, facts in headers of the server. */
export function fromDirectGet(reply: NatsMessage): Found | undefined {
  const sequence = Number(reply.header('Nats-Sequence'));
  const storedAt = fromTimestamp(reply.header('Nats-Time-Stamp'));
  return found(sequence, storedAt, reply.headers(), () => reply.text());
}

/** What the leader answered: the message inside JSON, headers and body in base64. */
export function fromLeaderGet(message: JsonRecord): Found | undefined {
  const { pairs } = decodeHeaderBlock(Buffer.from(textAt(message, 'hdrs') ?? '', 'base64'));
  const storedAt = fromTimestamp(textAt(message, 'time'));
  const body = (): string => Buffer.from(textAt(message, 'data') ?? '', 'base64').toString('utf8');
  return found(numberAt(message, 'seq') ?? Number.NaN, storedAt, pairs, body);
}

function found(
  sequence: number,
  storedAt: number | undefined,
  headers: readonly LogHeader[],
  body: () => string,
): Found | undefined {
  const revision = toRevision(sequence);
  if (revision === undefined || storedAt === undefined) return undefined;
  if (isMarker(headers)) return { kind: 'marker', revision };
  return { kind: 'message', message: { revision, storedAt, headers: writersHeaders(headers), body: body() } };
}

/** Expired (`Nats-Marker-Reason`, from 2.11 on), or deleted or purged by a KV client. */
function isMarker(headers: readonly LogHeader[]): boolean {
  return headers.some(
    ([name, value]) =>
      name === 'Nats-Marker-Reason' || (name === 'KV-Operation' && (value === 'DEL' || value === 'PURGE')),
  );
}
