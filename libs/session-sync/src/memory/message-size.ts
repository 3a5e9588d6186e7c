import type { LogMessage } from '../ports/index.js';

const encoder = new TextEncoder();

/** Bytes of headers and body as a store counts them: `name: value` and a line end each. */
export function messageBytes(message: Pick<LogMessage, 'headers' | 'body'>): number {
  let bytes = utf8Bytes(message.body);
  for (const [name, value] of message.headers) bytes += utf8Bytes(name) + utf8Bytes(value) + 4;
  return bytes;
}

function utf8Bytes(text: string): number {
  return encoder.encode(text).byteLength;
}
