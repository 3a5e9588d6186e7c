import { ByteWriter } from './byte-writer.js';

/**
 * Writes how the result is made: runs of new bytes and of bytes copied from the base, in order. A copy's address is
 * written relative to where the one before would go on if the bytes between were replaced one by one, which is 0 most
 * of the time.
 */
export class EditWriter {
  private readonly writer = new ByteWriter(64);
  private expected = 0;
  private copyFrom = 0;
  private copyLength = 0;

  constructor(private readonly result: Uint8Array) {}

  /** The bytes of the result from `start` to `end` are new. */
  insert(start: number, end: number): void {
    if (end <= start) return;
    this.flush();
    this.writer.writeNumber((end - start) * 2);
    this.writer.writeBytes(this.result.subarray(start, end));
    this.expected += end - start;
  }

  /** The next `length` bytes of the result are those of the base at `address`. */
  copy(address: number, length: number): void {
    if (length <= 0) return;
    if (this.copyLength > 0 && address === this.copyFrom + this.copyLength) {
      this.copyLength += length;
      return;
    }
    this.flush();
    this.copyFrom = address;
    this.copyLength = length;
  }

  written(): Uint8Array<ArrayBuffer> {
    this.flush();
    return this.writer.written();
  }

  private flush(): void {
    if (this.copyLength === 0) return;
    const distance = this.copyFrom - this.expected;
    this.writer.writeNumber(this.copyLength * 2 + 1);
    this.writer.writeNumber(distance < 0 ? -distance * 2 - 1 : distance * 2);
    this.expected = this.copyFrom + this.copyLength;
    this.copyLength = 0;
  }
}
