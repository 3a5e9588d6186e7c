import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { applyByteDelta, ByteDeltaError, makeByteDelta } from 'nest-session-sync/core';
import type { Law } from './law.js';

/** Where something is changed: numbers are taken modulo what there is. */
interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: Uint8Array;
  /** Insert what stands here in the base instead, as when parts move. */
  readonly from: number;
}

interface Case {
  readonly pieces: readonly Uint8Array[];
  readonly repeat: number;
  readonly edits: readonly Edit[];
  readonly flip: number;
  readonly cut: number;
}

const arbitraryCase: fc.Arbitrary<Case> = fc.record({
  pieces: fc.array(fc.uint8Array({ maxLength: 12, max: 40 }), { maxLength: 4 }),
  repeat: fc.nat(60),
  edits: fc.array(
    fc.record({ at: fc.nat(4000), remove: fc.nat(90), insert: fc.uint8Array({ maxLength: 6 }), from: fc.nat(4000) }),
    { maxLength: 4 },
  ),
  flip: fc.nat(),
  cut: fc.nat(),
});

export const p3ByteDelta: Law = {
  id: 'P3',
  promise:
    'A byte delta makes its result of its base; a changed bit, a cut or another base is an error, never other bytes',
  cases: { ci: 20_000, nightly: 1_000_000 },
  property: () => fc.property(arbitraryCase, holds),
};

function holds({ pieces, repeat, edits, flip, cut }: Case): void {
  const base = repeated(pieces, repeat);
  const result = edits.reduce((bytes, edit) => edited(bytes, base, edit), base);
  const [baseBefore, resultBefore] = [base.slice(), result.slice()];
  const delta = makeByteDelta(base, result);
  const made = applyByteDelta(base, delta);
  assert(isSame(made, result), 'other bytes came out');
  assert(isSame(base, baseBefore) && isSame(result, resultBefore), 'what was given was changed');
  assert(delta.length <= result.length + 32, `the delta has ${delta.length} bytes for ${result.length}`);
  assertRefused(() => applyByteDelta(base, flipped(delta, flip)), 'a delta with a changed bit');
  assertRefused(() => applyByteDelta(base, delta.subarray(0, cut % delta.length)), 'a delta that was cut off');
  assertRefused(() => applyByteDelta(base.length > 0 ? flipped(base, flip) : Uint8Array.of(0), delta), 'another base');
  if (!isSame(base, result)) assertRefused(() => applyByteDelta(result, delta), 'the result as base');
  const smaller = { maxResultBytes: result.length - 1 };
  assertRefused(() => applyByteDelta(base, delta, smaller), 'a result larger than allowed');
}

/** Rows that are alike, each with its number: as text of a list is. */
function repeated(pieces: readonly Uint8Array[], times: number): Uint8Array {
  const bytes: number[] = [];
  for (let row = 0; row < times; row++) for (const piece of pieces) bytes.push(...piece, row);
  return Uint8Array.from(bytes);
}

function edited(bytes: Uint8Array, base: Uint8Array, { at, remove, insert, from }: Edit): Uint8Array {
  const start = at % (bytes.length + 1);
  const added = insert.length % 2 === 0 ? base.subarray(from % (base.length + 1)).subarray(0, 400) : insert;
  return Uint8Array.from([...bytes.subarray(0, start), ...added, ...bytes.subarray(start + remove)]);
}

function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = bytes.slice();
  const index = (bit >> 3) % changed.length;
  changed[index] = (changed[index] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

function assertRefused(apply: () => Uint8Array, what: string): void {
  try {
    apply();
  } catch (error) {
    assert(error instanceof ByteDeltaError, `${what}: ${String(error)}`);
    return;
  }
  assert.fail(`${what} was taken`);
}
