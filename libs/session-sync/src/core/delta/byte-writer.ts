import type { Fingerprint } from './fingerprint.js';

/** Bytes being written one after the other; grows as needed. */
export class ByteWriter {
  private bytes: Uint8Array<ArrayBuffer>;
  private length = 0;

  constructor(expectedBytes: number) {
    this.bytes = new Uint8Array(expectedBytes);
  }

  /** A whole number from 0: seven bits a byte, lowest first. */
  writeNumber(value: number): void {
    this.reserve(8);
    let left = value;
    for (; left >= 0x80; left = Math.floor(left / 0x80)) this.bytes[this.length++] = (left % 0x80) | 0x80;
    this.bytes[this.length++] = left;
  }

  writeFingerprint(words: Fingerprint): void {
    this.reserve(8);
    const view = new DataView(this.bytes.buffer);
    for (const word of words) {
      view.setInt32(this.length, word, true);
      this.length += 4;
    }
  }

  writeBytes(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  written(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array((this.length + count) * 2);
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}
