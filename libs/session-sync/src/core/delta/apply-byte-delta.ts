import { ByteDeltaError } from '../errors/index.js';
import { ByteReader } from './byte-reader.js';
import { fingerprintOf, type Fingerprint } from './fingerprint.js';
import { BYTE_DELTA_VERSION } from './make-byte-delta.js';

/** Longest result by default: what the largest message of a nats-server can be. */
const MAX_RESULT_BYTES = 67_108_864;

/** For fewer bytes a loop is quicker than a view. */
const SHORT_RUN_BYTES = 48;

/** Bounds for what a byte delta may make. */
export interface ByteDeltaOptions {
  /**
   * Longest result, in bytes: no more is allocated, whatever a hostile delta claims.
   * @default 67,108,864
   */
  readonly maxResultBytes?: number;
}

/**
 * The bytes that `makeByteDelta` was given as `result`; never others. `base` and `delta` stay as they are. Nothing is
 * allocated for a delta that doesn't belong to `base` or contradicts itself; a delta costs at most a pass over itself,
 * `base` and the result.
 * @throws ByteDeltaError when `base` isn't the one that `delta` was made for, when a bit of `delta` was changed, or when
 * the result would be too large
 *
 * @example
 * const [before, after] = [Uint8Array.of(1, 2, 3), Uint8Array.of(1, 7, 3)];
 * const delta = makeByteDelta(before, after);
 * applyByteDelta(before, delta); // → Uint8Array.of(1, 7, 3)
 * applyByteDelta(after, delta); // throws ByteDeltaError
 * applyByteDelta(before, delta, { maxResultBytes: 2 }); // throws ByteDeltaError
 */
export function applyByteDelta(base: Uint8Array, delta: Uint8Array, options: ByteDeltaOptions = {}): Uint8Array {
  const { maxResultBytes = MAX_RESULT_BYTES } = options;
  const reader = new ByteReader(delta);
  if (reader.readNumber() !== BYTE_DELTA_VERSION) throw damaged('it has an unknown form');
  const baseLength = reader.readNumber();
  const baseFingerprint = reader.readFingerprint();
  if (baseLength !== base.length || !isSame(baseFingerprint, fingerprintOf(base))) {
    throw new ByteDeltaError('otherBase', `it was made for another base than these ${base.length} bytes`);
  }
  const length = reader.readNumber();
  if (length > maxResultBytes) {
    throw new ByteDeltaError('tooLarge', `its result has ${length} bytes, more than the ${maxResultBytes} allowed`);
  }
  const seal = reader.readFingerprint();
  const edits = reader.rest();
  checkEdits(edits, base.length, length);
  const result = makeResult(edits, base, length);
  if (!isSame(seal, fingerprintOf(result, fingerprintOf(edits)))) throw damaged('its checksum is wrong');
  return result;
}

/** Whether the edits stay within the base and give exactly `length` bytes, before room is made for them. */
function checkEdits(edits: Uint8Array, baseLength: number, length: number): void {
  let total = 0;
  readEdits(
    edits,
    (_, count) => (total += count),
    (from, count) => {
      if (from < 0 || from + count > baseLength) throw damaged('it copies from outside of the base');
      total += count;
    },
    () => total <= length,
  );
  if (total !== length) throw damaged('it makes more or fewer bytes than it says');
}

function makeResult(edits: Uint8Array, base: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length);
  let at = 0;
  const append = (bytes: Uint8Array, from: number, count: number): void => {
    if (count > SHORT_RUN_BYTES) result.set(bytes.subarray(from, from + count), at);
    else for (let index = 0; index < count; index++) result[at + index] = bytes[from + index] ?? 0;
    at += count;
  };
  readEdits(
    edits,
    (from, count) => append(edits, from, count),
    (from, count) => append(base, from, count),
  );
  return result;
}

function readEdits(
  edits: Uint8Array,
  insert: (from: number, count: number) => void,
  copy: (from: number, count: number) => void,
  goesOn: () => boolean = () => true,
): void {
  const reader = new ByteReader(edits);
  let expected = 0;
  while (!reader.isAtEnd && goesOn()) {
    const head = reader.readNumber();
    const count = Math.floor(head / 2);
    if (count === 0) throw damaged('an edit in it does nothing');
    if (head % 2 === 0) {
      insert(reader.skip(count), count);
      expected += count;
    } else {
      const distance = reader.readNumber();
      const from = expected + (distance % 2 === 0 ? distance / 2 : -(distance + 1) / 2);
      copy(from, count);
      expected = from + count;
    }
  }
}

function isSame(a: Fingerprint, b: Fingerprint): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function damaged(what: string): ByteDeltaError {
  return new ByteDeltaError('damaged', what);
}
