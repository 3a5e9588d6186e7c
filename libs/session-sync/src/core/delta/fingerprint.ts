/** Bytes of a fingerprint. */
export const FINGERPRINT_BYTES = 8;

/** Two words of 32 bits. */
export type Fingerprint = readonly [number, number];

/**
 * 64 bits that tell byte sequences apart, in the manner of MurmurHash3: every step is a bijection of what came before, so
 * two sequences of one length that differ within eight aligned bytes never have the same. Others collide by chance
 * only, once in 2^64. It protects against accidents (a wrong version, a damaged copy), not against somebody who wants
 * two sequences to look alike. `seed` makes it a fingerprint of the bytes and of what the seed stands for.
 */
export function fingerprintOf(bytes: Uint8Array, seed: Fingerprint = [0, 0]): Fingerprint {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let [a, b] = seed;
  const whole = bytes.length - (bytes.length % 8);
  for (let at = 0; at < whole; at += 8) {
    a = step(a, mixFirst(view.getUint32(at, true)), 19, b);
    b = step(b, mixSecond(view.getUint32(at + 4, true)), 17, a);
  }
  a = step(a, mixFirst(wordFrom(bytes, whole)), 19, b);
  b = step(b, mixSecond(wordFrom(bytes, whole + 4)), 17, a);
  a ^= bytes.length;
  b ^= bytes.length;
  a = (a + b) | 0;
  b = (b + a) | 0;
  a = avalanche(a);
  b = avalanche(b);
  a = (a + b) | 0;
  return [a, (b + a) | 0];
}

function step(lane: number, word: number, turn: number, other: number): number {
  const mixed = lane ^ word;
  return (Math.imul(((mixed << turn) | (mixed >>> (32 - turn))) + other, 5) + 0x56_1c_cd_1b) | 0;
}

function mixFirst(word: number): number {
  const mixed = Math.imul(word, 0x23_9b_96_1b);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0xab_0e_97_89);
}

function mixSecond(word: number): number {
  const mixed = Math.imul(word, 0xab_0e_97_89);
  return Math.imul((mixed << 16) | (mixed >>> 16), 0x38_b3_4a_e5);
}

function avalanche(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85_eb_ca_6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2_b2_ae_35);
  return mixed ^ (mixed >>> 16);
}

/** Up to four bytes from `at` on; missing ones are 0, which the length tells from real zeros. */
function wordFrom(bytes: Uint8Array, at: number): number {
  let word = 0;
  for (let index = 0; index < 4; index++) word |= (bytes[at + index] ?? 0) << (8 * index);
  return word;
}
