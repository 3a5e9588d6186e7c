import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { SessionAttr } from 'nest-session-sync/standalone';
import {
  ClientStates,
  MessageReader,
  type Revision,
  type SessionKey,
  type SessionRecord,
} from 'nest-session-sync/testing';
import type { Law } from './law.js';

class Session {
  @SessionAttr() a: string = '';
}

const FLOORS_PER_SESSION = 10;

const command = fc.record({
  act: fc.constantFrom('advance' as const, 'advance' as const, 'newest' as const, 'expect' as const, 'forget' as const),
  key: fc.nat(11).map((number) => `session-${number}` as SessionKey),
  revision: fc.integer({ min: 1, max: 40 }).map((number) => number as Revision),
  chars: fc.nat(90),
});
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

const limits = fc.record({
  maxSessions: fc.integer({ min: 2, max: 6 }),
  maxClientBytes: fc.integer({ min: 60, max: 300 }),
});

export const p10ClientStates: Law = {
  id: 'P10',
  promise:
    'The client state keeps the newest records within its limits, drops the least recently used, and its floors never sink',
  cases: { ci: 10_000, nightly: 1_000_000 },
  property: () => {
    const reader = new MessageReader(Session);
    return fc.property(limits, fc.array(command, { maxLength: 40 }), (most, commands) => {
      const states = new ClientStates(most);
      const model = new Model(most);
      for (const each of commands) {
        assert.equal(act(states, each, reader), model.act(each), `${each.act} ${each.key}`);
        assert.equal(states.size, model.size, 'number of sessions');
        assert.equal(states.bytes, model.bytes, 'bytes');
        assert(states.size <= most.maxSessions && states.bytes <= most.maxClientBytes, 'a limit was passed');
      }
      // Fewer sessions than floors are kept for: none is forgotten.
      for (const [key, floor] of model.floors) assert.equal(states.floor(key), floor, `floor of ${key}`);
      for (const key of model.keys) assert.equal(states.newest(key)?.revision, model.newest(key)?.revision, key);
    });
  },
};

/** Does it, and answers the revision that is then the newest. */
function act(states: ClientStates, { act: what, key, revision, chars }: Command, reader: MessageReader): number {
  if (what === 'advance') return states.advance(key, recordOf(reader, revision, chars)).revision;
  if (what === 'newest') return states.newest(key)?.revision ?? 0;
  if (what === 'expect') states.expectAtLeast(key, revision);
  else states.forget(key);
  return 0;
}

function recordOf(reader: MessageReader, revision: Revision, chars: number): SessionRecord {
  const headers = [
    ['Sync', '1 snapshot 0'],
    ['Sync-Lock', '- 0'],
    ['Sync-By', `${'A'.repeat(22)} 1`],
    ['Sync-Life', '1 1 1'],
    ['Sync-Chain', '0 0 0 0'],
    ['Sync-Seen', '0'],
  ] as const;
  return reader.fold([{ revision, storedAt: 0, headers, body: `=a "${'x'.repeat(chars)}"` }]);
}

/** What a record of this many characters weighs: name, three bytes of its line, the quotes, one for the record. */
const bytesOf = (chars: number): number => 1 + 3 + 2 + chars + 1;

interface Kept {
  readonly revision: number;
  readonly bytes: number;
}

/** The same in the plainest way: a Map in the order of use. */
class Model {
  readonly floors = new Map<SessionKey, number>();
  private readonly kept = new Map<SessionKey, Kept>();

  constructor(private readonly most: { readonly maxSessions: number; readonly maxClientBytes: number }) {
    assert(FLOORS_PER_SESSION * most.maxSessions > 12, 'the law tries more sessions than floors are kept for');
  }

  get size(): number {
    return this.kept.size;
  }

  get bytes(): number {
    return [...this.kept.values()].reduce((bytes, kept) => bytes + kept.bytes, 0);
  }

  get keys(): readonly SessionKey[] {
    return [...this.kept.keys()];
  }

  act({ act: what, key, revision, chars }: Command): number {
    if (what === 'newest') return this.newest(key)?.revision ?? 0;
    if (what === 'forget') this.kept.delete(key);
    else this.floors.set(key, Math.max(revision, this.floors.get(key) ?? 0));
    return what === 'advance' ? this.advance(key, { revision, bytes: bytesOf(chars) }) : 0;
  }

  newest(key: SessionKey): Kept | undefined {
    const kept = this.kept.get(key);
    this.kept.delete(key);
    if (kept !== undefined) this.kept.set(key, kept);
    return kept;
  }

  private advance(key: SessionKey, record: Kept): number {
    const known = this.newest(key);
    if (known !== undefined && known.revision >= record.revision) return known.revision;
    this.kept.delete(key);
    if (record.bytes <= this.most.maxClientBytes) this.kept.set(key, record);
    for (const oldest of this.keys) {
      if (this.size <= this.most.maxSessions && this.bytes <= this.most.maxClientBytes) break;
      this.kept.delete(oldest);
    }
    return record.revision;
  }
}
