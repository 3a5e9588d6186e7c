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
    expect(decodeHeaderBlock(headerBlock(pairs).bytes)).toEqual(pairs);
    expect(decodeHeaderBlock(headerBlock([]).bytes)).toEqual([]);
    expect(decodeHeaderBlock(new Uint8Array(0))).toEqual([]);
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
