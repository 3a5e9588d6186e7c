import { describe, expect, it } from 'vitest';
import { appendOutcome } from './append-outcome.js';
import type { NatsMessage } from './client/nats-message.js';
import type { Reply } from './reply-mux.js';

const SIZE = { bytes: 10, maxBytes: 9 };

function answered(text: string): Reply {
  const message: NatsMessage = {
    subject: 'inbox',
    body: new TextEncoder().encode(text),
    status: 0,
    statusText: '',
    text: () => text,
    header: () => undefined,
    headers: () => [],
  };
  return { kind: 'message', message };
}

function failed(errCode: number, description: string): Reply {
  return answered(JSON.stringify({ stream: 'KV_x', seq: 0, error: { code: 400, err_code: errCode, description } }));
}

describe('what became of an append', () => {
  it.each<[string, Reply, object]>([
    ['an acknowledgement', answered('{"stream":"KV_x","seq":7}'), { kind: 'accepted', revision: 7 }],
    ['wrong last sequence', failed(10071, 'wrong last sequence: 6'), { kind: 'refused' }],
    ['a write in flight', failed(10164, 'wrong last sequence'), { kind: 'busy' }],
    ['the limit of a subject', failed(10077, 'maximum messages per subject exceeded'), { kind: 'full' }],
    ['the limit of the stream', failed(10077, 'maximum bytes exceeded'), { kind: 'unavailable' }],
    ['the largest message', failed(10054, 'message size exceeds maximum allowed'), { kind: 'tooLarge', ...SIZE }],
    ['the largest headers', failed(10097, 'header size exceeds maximum allowed'), { kind: 'tooLarge', ...SIZE }],
    ['no stream', failed(10059, 'stream not found'), { kind: 'unavailable' }],
    ['no room', failed(10047, 'insufficient storage resources available'), { kind: 'unavailable' }],
    ['too many waiting', failed(10167, 'too many requests'), { kind: 'unavailable' }],
    ['no leader', failed(10008, 'JetStream system temporarily unavailable'), { kind: 'unavailable' }],
    ['JetStream off for the account', failed(10039, 'JetStream not enabled for account'), { kind: 'unavailable' }],
    ['an error nobody listed', failed(19999, 'new in another release'), { kind: 'unavailable' }],
    ['nobody there', { kind: 'noResponders' }, { kind: 'unavailable' }],
    ['not connected', { kind: 'notSent', what: 'not connected' }, { kind: 'unavailable' }],
    ['no permission', { kind: 'denied', what: 'Permissions Violation' }, { kind: 'unavailable' }],
    ['no answer', { kind: 'lost', what: 'no answer came in time' }, { kind: 'ambiguous' }],
    ['an answer that is no JSON', answered('+OK'), { kind: 'ambiguous' }],
    ['an answer without a sequence', answered('{"stream":"KV_x"}'), { kind: 'ambiguous' }],
  ])('%s', (_what, reply, outcome) => {
    expect(appendOutcome(reply, SIZE)).toMatchObject(outcome);
  });
});
