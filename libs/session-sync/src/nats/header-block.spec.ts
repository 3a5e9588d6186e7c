import { describe, expect, it } from 'vitest';
import { UnsupportedValueError } from '../core/errors/index.js';
import { asciiBlockBytes, checkHeaders, decodeHeaderBlock, headerBlock, writersHeaders } from './header-block.js';
import type { LogHeader } from '../ports/index.js';

describe('a header block', () => {
  const pairs: readonly LogHeader[] = [
    ['Ses-B', 'Zürich ☂'],
    ['Ses-A', ''],
    ['ses-c', 'a: b'],
  ];

  it('is read back as it was made, in order', () => {
    expect(decodeHeaderBlock(headerBlock(pairs).bytes)).toEqual({ status: 0, statusText: '', pairs });
    for (const empty of [headerBlock([]).bytes, new Uint8Array(0)]) {
      expect(decodeHeaderBlock(empty)).toEqual({ status: 0, statusText: '', pairs: [] });
    }
  });

  it.each([
    ['NATS/1.0 503\r\n\r\n', 503, ''],
    ['NATS/1.0 404 Message Not Found\r\n\r\n', 404, 'Message Not Found'],
    ['NATS/1.0   204 EOB\r\nNats-Num-Pending: 0\r\n\r\n', 204, 'EOB'],
    ['NATS/1.0\r\nA: 1\r\n\r\n', 0, ''],
  ])('tells the status in %j', (text, status, statusText) => {
    expect(decodeHeaderBlock(new TextEncoder().encode(text))).toMatchObject({ status, statusText });
  });

  it('is as long as said', () => {
    const ascii: readonly LogHeader[] = [['Nats-TTL', '3600s']];
    expect(asciiBlockBytes(ascii)).toBe(headerBlock(ascii).bytes.length);
  });

  it('gives back only what the writer put in', () => {
    expect(writersHeaders([['Nats-Sequence', '1'], ...pairs, ['nats-ttl', '1s']])).toEqual(pairs);
  });

  it.each<[string, string]>([
    ['Nats-Rollup', 'all'],
    ['nats-expected-stream', 'x'],
    ['Ses A', 'x'],
    ['Ses:A', 'x'],
    ['', 'x'],
    ['Ses-A', 'x\r\nNats-Rollup: all'],
    ['Ses-A', 'x\n'],
    ['Ses-A', ' x'],
  ])('refuses "%s" with the value %j', (name, value) => {
    expect(() => checkHeaders([[name, value]])).toThrow(UnsupportedValueError);
  });
});
