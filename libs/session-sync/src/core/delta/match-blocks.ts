import { BlockIndex } from './block-index.js';
import { commonBefore, commonFrom, viewOf } from './common-bytes.js';
import type { EditWriter } from './edit-writer.js';

/** What a copy from elsewhere takes more room than one where the base goes on as expected. */
const JUMP_BYTES = 5;
/** A copy must spare this much. */
const WORTH_BYTES = 4;
/** How far behind a copy the base is still expected to go on byte by byte, as after a replaced word. */
const SAME_PACE_BYTES = 64;
/** A piece of this length is taken at once; for a shorter one a better may begin within the next bytes. */
const GOOD_BYTES = 64;
const LOOK_AHEAD_BYTES = 16;
/** How far back a piece is followed: what was passed over can't be much longer, and each byte is looked at boundedly. */
const LOOK_BACK_BYTES = 64;

/** A piece of the result, from `start` on, that the base has at `address`. */
interface Piece {
  readonly start: number;
  readonly address: number;
  readonly length: number;
  /** What taking it spares. */
  readonly worth: number;
  readonly seenAt: number;
}

/** Writes the result from `start` to `end` as pieces of the base and new bytes between them. */
export function matchBlocks(base: Uint8Array, result: Uint8Array, start: number, end: number, edits: EditWriter): void {
  new BlockMatcher(base, result, start, end).match(edits);
}

class BlockMatcher {
  private readonly index: BlockIndex;
  private readonly baseView: DataView;
  private readonly resultView: DataView;
  /** Position in the base minus position in the result, as of the last copy. */
  private pace = 0;
  private best: Piece | undefined;

  constructor(
    private readonly base: Uint8Array,
    private readonly result: Uint8Array,
    private written: number,
    private readonly end: number,
  ) {
    this.index = new BlockIndex(base);
    this.baseView = viewOf(base);
    this.resultView = viewOf(result);
  }

  match(edits: EditWriter): void {
    const { index, result, end } = this;
    let hash: number | undefined;
    for (let at = this.written; at < end || this.best !== undefined;) {
      if (at < end) {
        if (at + index.blockBytes > end) hash = undefined;
        else hash ??= index.hashAt(result, at);
        if (at - this.written <= SAME_PACE_BYTES) this.consider(at + this.pace, at);
        if (hash !== undefined) this.consider(index.find(hash), at);
      }
      const { best } = this;
      if (best !== undefined && (best.length >= GOOD_BYTES || at >= Math.min(end, best.seenAt + LOOK_AHEAD_BYTES))) {
        this.take(best, edits);
        at = this.written;
        hash = undefined;
      } else {
        if (hash !== undefined) hash = index.rolled(hash, result, at);
        at++;
      }
    }
    edits.insert(this.written, end);
  }

  private take({ start, address, length }: Piece, edits: EditWriter): void {
    edits.insert(this.written, start);
    edits.copy(address, length);
    this.written = start + length;
    this.pace = address - start;
    this.best = undefined;
  }

  private consider(candidate: number, at: number): void {
    if (candidate < 0 || candidate >= this.base.length || this.base[candidate] !== this.result[at]) return;
    const { baseView, resultView, best, written } = this;
    const ahead = commonFrom(
      baseView,
      candidate,
      resultView,
      at,
      Math.min(this.base.length - candidate, this.end - at),
    );
    const back = commonBefore(baseView, candidate, resultView, at, Math.min(candidate, at - written, LOOK_BACK_BYTES));
    const worth = ahead + back - (candidate - at === this.pace ? 0 : JUMP_BYTES);
    if (worth < WORTH_BYTES || worth <= (best?.worth ?? 0)) return;
    const seenAt = best?.seenAt ?? at;
    this.best = { start: at - back, address: candidate - back, length: ahead + back, worth, seenAt };
  }
}
