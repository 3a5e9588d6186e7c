import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { AttributeCodec } from '../codec/attribute-codec.js';
import { ForeignRecordError } from '../errors/index.js';
import { utf8Length } from '../codec/index.js';
import { createClassCatalog } from '../graph/index.js';
import type { Revision } from '../session/revision.js';
import { fold } from './fold.js';
import { formatBody, parseBody } from './message-body.js';
import { formatHeaders, parseHeaders, type HeaderPair } from './message-headers.js';
import type { SessionMessage } from './session-message.js';
import { snapshotBytesAtMost, type SessionRecord } from './session-record.js';

/** Messages as version 1 stores them. They never change: a node must read what any version 1 node has written. */
const FOLDER = new URL('../../../golden/v1/', import.meta.url);

class Cart {
  lines: unknown[] = [];
}
const codec = new AttributeCodec({ classes: createClassCatalog([{ name: 'Cart', prototype: Cart.prototype }]) });

/** A file holds what a message has: header lines, an empty line, the body. The number in its name is its revision. */
function golden(file: string) {
  const text = readFileSync(new URL(file, FOLDER), 'utf8');
  const split = text.indexOf('\n\n');
  const headers = text
    .slice(0, split)
    .split('\n')
    .map((line): HeaderPair => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]);
  return { headers, body: text.slice(split + 2), revision: Number.parseInt(file, 10) as Revision };
}

function parsed({ headers, body }: ReturnType<typeof golden>): SessionMessage {
  return { ...parseHeaders(headers), lines: parseBody(body) };
}

const files = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.message'))
  .toSorted();

describe('messages of version 1', () => {
  it('are there', () => {
    expect(files).toEqual([
      '0041-snapshot.message',
      '0042-delta.message',
      '0043-touch.message',
      '0050-moved.message',
      '0060-ended.message',
      '0070-versions.message',
    ]);
  });

  it.each(files)('%s is read and written byte for byte', (file) => {
    const message = golden(file);
    const { lines, ...facts } = parsed(message);
    expect(formatHeaders(facts)).toEqual(message.headers);
    expect(formatBody(lines)).toBe(message.body);
  });

  it('fold to the session they tell', () => {
    let record: SessionRecord | undefined;
    for (const file of files.slice(0, 3)) {
      const message = golden(file);
      record = fold(record, parsed(message), { revision: message.revision, storedAt: 1_700_000_000_000 }, () => codec);
    }
    const values = [...(record?.attributes ?? [])].map(([name, attribute]) => [name, attribute.valueBy(codec)]);
    const cart = values.find(([name]) => name === 'cart')?.[1];
    expect(cart).toBeInstanceOf(Cart);
    expect(Object.fromEntries(values)).toEqual({
      userId: 'ada',
      cart: {
        lines: [
          { sku: 'tea', qty: 2 },
          { sku: 'milk', qty: 1 },
        ],
      },
      lastSeen: new Date('2026-01-02T03:04:05.006Z'),
      tags: new Map<unknown, unknown>([
        ['b', 1],
        ['a', new Set([1n])],
      ]),
    });
    expect(record).toMatchObject({ revision: 43, base: { revision: 41, deltas: 2 } });
  });

  it('say where a moved session went, and carry its final state', () => {
    const message = parsed(golden('0050-moved.message'));
    expect(message.end).toEqual({ reason: 'moved', movedTo: 'A'.repeat(43), graceMs: 30_000 });
    expect(message.lines.map(({ name }) => name)).toEqual(['userId']);
    expect(parsed(golden('0060-ended.message')).end).toEqual({ reason: 'signed out, says ada' });
  });
});

describe('versions of attributes', () => {
  it('stand behind the name, the first without a mark', () => {
    const lines = parsed(golden('0070-versions.message')).lines.map((line) =>
      line.op === '=' ? line.version : line.op,
    );
    expect(lines).toEqual([1, 2, 10]);
  });

  it('count in the bound of a snapshot', () => {
    const message = golden('0070-versions.message');
    const record = fold(undefined, parsed(message), { revision: message.revision, storedAt: 0 }, () => codec);
    expect(snapshotBytesAtMost(record.attributes)).toBeGreaterThanOrEqual(utf8Length(message.body));
    // One line end more than there are between the lines.
    expect(snapshotBytesAtMost(record.attributes)).toBe(utf8Length(message.body) + 1);
  });
});

describe('what is not of this form', () => {
  const good = (): Map<string, string> => new Map(golden('0041-snapshot.message').headers);
  it.each([
    ['no headers of ours', (h: Map<string, string>) => h.clear()],
    ['a newer format', (h: Map<string, string>) => h.set('Sync', '2 snapshot 0')],
    ['an unknown kind', (h: Map<string, string>) => h.set('Sync', '1 rumour 0')],
    ['a number out of range', (h: Map<string, string>) => h.set('Sync-Chain', '0 0 0 zzzzzzzzzzzz')],
    ['a negative number', (h: Map<string, string>) => h.set('Sync-Chain', '0 0 0 -1')],
    ['a node that is none', (h: Map<string, string>) => h.set('Sync-By', 'me 1')],
    ['a truncated list', (h: Map<string, string>) => h.set('Sync-Seen', '0 AAAA')],
    ['no list of commits', (h: Map<string, string>) => h.delete('Sync-Seen')],
  ])('%s is foreign', (_, spoil) => {
    const headers = good();
    spoil(headers);
    expect(() => parseHeaders([...headers])).toThrow(ForeignRecordError);
  });

  it.each([
    'hello',
    '=',
    '= 1',
    '=a',
    '~a',
    '-a b',
    '=__proto__ 1',
    '=a.b 1',
    '=a 1\n',
    '=a@1 1',
    '=a@02 1',
    '=a@ 1',
    '=a@1000000 1',
    '=a@2',
    '=a@-2 1',
    '=@2 1',
    '~a@2 []',
    '-a@2',
    `=${'a'.repeat(65)} 1`,
  ])('body %j is foreign', (body) => {
    expect(() => parseBody(body)).toThrow(ForeignRecordError);
  });

  it('fields behind the known ones are left to later versions', () => {
    const headers = good();
    headers.set('Sync-By', `${headers.get('Sync-By')} unit delegation`);
    expect(parseHeaders([...headers]).by.counter).toBe(7);
  });
});
