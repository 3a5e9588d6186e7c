import { toRevision } from '../core/session/revision.js';
import type { AppendOutcome } from '../ports/index.js';
import { numberAt, parseRecord } from './api-json.js';
import { failureIn, whatOf, type ApiFailure } from './jetstream-api.js';
import type { Reply } from './reply-mux.js';

/** Sizes of the message asked about: for the answer that it is too large. */
export interface SentSize {
  readonly bytes: number;
  readonly maxBytes: number;
}

type FailureKind = 'refused' | 'busy' | 'tooLarge' | 'storeFailed';

/**
 * What JetStream's errors mean for an append. Every error that isn't listed is `unavailable`: an error is the answer
 * to a message that was not stored (no stream 10059, no room 10023 10047 10028 10002, too many waiting 10167, no
 * leader 10008, JetStream off 10039 10076, a header it refuses 10060 10165 10166).
 */
const MEANING: ReadonlyMap<number, FailureKind> = new Map([
  /** Wrong last sequence. */
  [10071, 'refused'],
  /** The same with a constant text: another write on the subject is still being replicated. */
  [10164, 'busy'],
  [10054, 'tooLarge'],
  /** Headers past 64 KB. */
  [10097, 'tooLarge'],
  [10077, 'storeFailed'],
]);

/** The outcome of an append, from what came of the publish. */
export function appendOutcome(reply: Reply, size: SentSize): AppendOutcome {
  switch (reply.kind) {
    case 'message':
      return acknowledged(reply.message.text(), size);
    case 'noResponders':
    case 'notSent':
    case 'denied':
      return { kind: 'unavailable', what: whatOf(reply) };
    case 'lost':
      return { kind: 'ambiguous', what: reply.what };
  }
}

function acknowledged(text: string, size: SentSize): AppendOutcome {
  const body = parseRecord(text);
  if (body === undefined) return { kind: 'ambiguous', what: 'the acknowledgement is not JSON' };
  const failure = failureIn(body);
  if (failure !== undefined) return failed(failure, size);
  const revision = toRevision(numberAt(body, 'seq') ?? 0);
  if (revision === undefined || revision === 0)
    return { kind: 'ambiguous', what: 'the acknowledgement has no sequence' };
  return { kind: 'accepted', revision };
}

function failed(failure: ApiFailure, size: SentSize): AppendOutcome {
  const what = `${failure.description} (error ${failure.errCode})`;
  switch (MEANING.get(failure.errCode)) {
    case 'refused':
      return { kind: 'refused' };
    case 'busy':
      return { kind: 'busy' };
    case 'tooLarge':
      return { kind: 'tooLarge', ...size };
    case 'storeFailed':
      // One code for every failure of the store itself; only its text tells the limit of a subject from a full disk.
      return failure.description.includes('per subject') ? { kind: 'full' } : { kind: 'unavailable', what };
    case undefined:
      return { kind: 'unavailable', what };
  }
}
