import { ByteWriter } from './byte-writer.js';
import { commonBefore, commonFrom, viewOf } from './common-bytes.js';
import { EditWriter } from './edit-writer.js';
import { FINGERPRINT_BYTES, fingerprintOf } from './fingerprint.js';
import { matchBlocks } from './match-blocks.js';

/** Version of the form that byte deltas have. */
export const BYTE_DELTA_VERSION = 1;

/** So few new bytes in one place are written as they are: looking for them in the base would cost more than they do. */
const NOT_WORTH_SEARCHING = 128;

/**
 * How to make `result` from `base`: for sending a large value to somebody who has an earlier version of it. Names both by
 * length and a fingerprint of 64 bits, so that `applyByteDelta` gives `result` or an error. Costs a few passes over the
 * bytes, whatever they are; neither is changed. Where the two have nothing in common the delta is about as long as
 * `result`, at most 32 bytes longer.
 *
 * @example
 * const before = new Uint8Array(100_000).fill(1);
 * const after = before.slice();
 * after[50_000] = 2;
 * const delta = makeByteDelta(before, after);
 * delta.length < 50; // → true
 * const made = applyByteDelta(before, delta);
 * made[50_000]; // → 2
 * made.length; // → 100_000
 */
export function makeByteDelta(base: Uint8Array, result: Uint8Array): Uint8Array {
  const edits = writeEdits(base, result);
  const delta = new ByteWriter(edits.length + 2 * FINGERPRINT_BYTES + 12);
  delta.writeNumber(BYTE_DELTA_VERSION);
  delta.writeNumber(base.length);
  delta.writeFingerprint(fingerprintOf(base));
  delta.writeNumber(result.length);
  // Seeded with the edits: whatever changes in them changes it, even when they would still give the result.
  delta.writeFingerprint(fingerprintOf(result, fingerprintOf(edits)));
  delta.writeBytes(edits);
  return delta.written();
}

function writeEdits(base: Uint8Array, result: Uint8Array): Uint8Array {
  const [baseView, resultView] = [viewOf(base), viewOf(result)];
  const shorter = Math.min(base.length, result.length);
  const before = commonFrom(baseView, 0, resultView, 0, shorter);
  const behind = commonBefore(baseView, base.length, resultView, result.length, shorter - before);
  const end = result.length - behind;
  const edits = new EditWriter(result);
  edits.copy(0, before);
  if (end - before <= NOT_WORTH_SEARCHING || base.length === 0) edits.insert(before, end);
  else matchBlocks(base, result, before, end, edits);
  edits.copy(base.length - behind, behind);
  return edits.written();
}
