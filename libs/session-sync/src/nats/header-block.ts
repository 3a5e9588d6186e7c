import { UnsupportedValueError } from '../core/errors/index.js';
import type { LogHeader } from '../ports/index.js';

/** Headers of one message with their bytes on the wire: made once, measured and sent as they are. */
export interface HeaderBlock {
  readonly pairs: readonly LogHeader[];
  readonly bytes: Uint8Array;
}

/** What a header block says. */
export interface DecodedHeaders {
  /** As 404 or 503; 0 = none. */
  readonly status: number;
  readonly statusText: string;
  readonly pairs: readonly LogHeader[];
}

const HEAD = 'NATS/1.0\r\n';
const NAME = /^[!-9;-~]+$/;
const STATUS = /^NATS\/1\.0 +(\d{3})(?: +(.*))?$/;
const LINE_BREAK = /[\r\n]/;
const SERVERS_OWN = /^nats-/i;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `pairs` as bytes; what is in them was checked before. */
export function headerBlock(pairs: readonly LogHeader[]): HeaderBlock {
  let text = HEAD;
  for (const [name, value] of pairs) text += `${name}: ${value}\r\n`;
  return { pairs, bytes: encoder.encode(`${text}\r\n`) };
}

/** Bytes of a block of ASCII `pairs`: what our own headers add to a message. */
export function asciiBlockBytes(pairs: readonly LogHeader[]): number {
  return pairs.reduce((bytes, [name, value]) => bytes + name.length + value.length + 4, HEAD.length + 2);
}

/**
 * Refuses headers that wouldn't come back as they are, or that would change what the server does with the message.
 * @throws UnsupportedValueError
 */
export function checkHeaders(headers: readonly LogHeader[]): void {
  for (const [name, value] of headers) {
    if (!NAME.test(name))
      throw new UnsupportedValueError(`header "${name}"`, 'its name has characters headers cannot have');
    if (SERVERS_OWN.test(name))
      throw new UnsupportedValueError(`header "${name}"`, 'names in Nats- belong to the server');
    if (LINE_BREAK.test(value) || value !== value.trim()) {
      throw new UnsupportedValueError(`header "${name}"`, 'its value has a line break, or begins or ends with space');
    }
  }
}

/** What the bytes of a header block say; nothing when they are none. */
export function decodeHeaderBlock(bytes: Uint8Array): DecodedHeaders {
  const pairs: LogHeader[] = [];
  const [first = '', ...lines] = decoder.decode(bytes).split('\r\n');
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon > 0) pairs.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  const status = STATUS.exec(first);
  return { status: Number(status?.[1] ?? 0), statusText: status?.[2] ?? '', pairs };
}

/** The headers a writer gave: without those by which the store was told what to do, or tells what it did. */
export function writersHeaders(headers: readonly LogHeader[]): readonly LogHeader[] {
  return headers.filter(([name]) => !SERVERS_OWN.test(name));
}
