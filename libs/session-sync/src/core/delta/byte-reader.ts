import { ByteDeltaError } from '../errors/index.js';
import { viewOf } from './common-bytes.js';
import { FINGERPRINT_BYTES, type Fingerprint } from './fingerprint.js';

/** Lengths are below 2^35: no number has more bytes. */
const MAX_NUMBER_BYTES = 5;

/** Reads what `ByteWriter` wrote. @throws ByteDeltaError where there is something else, or nothing */
export class ByteReader {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  readNumber(): number {
    let value = 0;
    for (let index = 0; index < MAX_NUMBER_BYTES; index++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) break;
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte === 0 && index > 0) break;
      if (byte < 0x80) return value;
    }
    throw new ByteDeltaError('damaged', 'a number in it is malformed');
  }

  readFingerprint(): Fingerprint {
    const view = viewOf(this.bytes);
    const from = this.skip(FINGERPRINT_BYTES);
    return [view.getInt32(from, true), view.getInt32(from + 4, true)];
  }

  /** Passes over `count` bytes; says where they begin. */
  skip(count: number): number {
    const from = this.at;
    if (from + count > this.bytes.length) throw new ByteDeltaError('damaged', 'it ends too early');
    this.at += count;
    return from;
  }

  /** What is left, without reading it. */
  rest(): Uint8Array {
    return this.bytes.subarray(this.at);
  }
}
