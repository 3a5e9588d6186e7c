const SMALLEST_BLOCK = 8;
const MOST_BLOCKS = 1 << 17;
const FACTOR = 0x01_00_01_93;
const SPREAD = 0x9e_37_79_b1;

/**
 * Where the blocks of a base are, by a hash that rolls: of blocks that hash alike the first counts, so that looking one
 * up costs the same whatever the bytes are. Blocks grow with the base, so that the index stays within 1 MiB.
 */
export class BlockIndex {
  readonly blockBytes: number;
  private readonly table: Int32Array;
  private readonly shift: number;
  /** What a byte counts for when it leaves the window. */
  private readonly leaving: number;

  constructor(base: Uint8Array) {
    let blockBytes = SMALLEST_BLOCK;
    while (base.length / blockBytes > MOST_BLOCKS) blockBytes *= 2;
    const bits = Math.max(4, Math.ceil(Math.log2(base.length / blockBytes + 1)) + 1);
    this.blockBytes = blockBytes;
    this.shift = 32 - bits;
    this.table = new Int32Array(1 << bits);
    let leaving = 1;
    for (let index = 0; index < blockBytes; index++) leaving = Math.imul(leaving, FACTOR);
    this.leaving = leaving;
    for (let at = 0; at + blockBytes <= base.length; at += blockBytes) {
      const slot = this.slotOf(this.hashAt(base, at));
      if (this.table[slot] === 0) this.table[slot] = at + 1;
    }
  }

  /** Hash of the block of `bytes` at `at`. */
  hashAt(bytes: Uint8Array, at: number): number {
    let hash = 0;
    for (let index = at; index < at + this.blockBytes; index++)
      hash = (Math.imul(hash, FACTOR) + (bytes[index] ?? 0)) | 0;
    return hash;
  }

  /** Hash of the block one byte further, from that of the block at `at`. */
  rolled(hash: number, bytes: Uint8Array, at: number): number {
    const left = Math.imul(bytes[at] ?? 0, this.leaving);
    return (Math.imul(hash, FACTOR) + (bytes[at + this.blockBytes] ?? 0) - left) | 0;
  }

  /** Where a block that hashes so may begin in the base; -1 when there is none. */
  find(hash: number): number {
    return (this.table[this.slotOf(hash)] ?? 0) - 1;
  }

  private slotOf(hash: number): number {
    return Math.imul(hash ^ (hash >>> 15), SPREAD) >>> this.shift;
  }
}
