import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteDeltaError } from '../errors/index.js';
import { applyByteDelta, makeByteDelta } from './index.js';

const encoder = new TextEncoder();
const bytesOf = (value: unknown): Uint8Array => encoder.encode(JSON.stringify(value));

/** Rows as sessions have them. */
function rows(count: number): { id: number; sku: string; qty: number; price: number; tags: string[] }[] {
  return Array.from({ length: count }, (_, id) => ({
    id,
    sku: `sku-${(id * 7919) % 100_003}`,
    qty: id % 7,
    price: ((id * 104_729) % 10_007) / 100,
    tags: ['a', `t${id % 13}`],
  }));
}

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ByteDeltaError) return error.reason;
    throw error;
  }
  return 'none';
}

describe('a byte delta', () => {
  it.each<[string, string, string]>([
    ['nothing to nothing', '', ''],
    ['nothing to something', '', 'abc'],
    ['something to nothing', 'abc', ''],
    ['the same', 'abcdefgh', 'abcdefgh'],
    ['a shared beginning and end that overlap', 'aaaa', 'aaa'],
    ['longer', 'aaa', 'aaaa'],
    ['parts that changed places', `${'x'.repeat(300)}${'y'.repeat(300)}`, `${'y'.repeat(300)}${'x'.repeat(300)}`],
  ])('leads from %s', (_, before, after) => {
    const [base, result] = [encoder.encode(before), encoder.encode(after)];
    expect(applyByteDelta(base, makeByteDelta(base, result))).toEqual(result);
  });

  it('leads from any bytes to any others, and leaves both alone', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 600 }),
      fc.array(fc.nat(2), { maxLength: 600 }).map((items) => Uint8Array.from(items)),
    );
    fc.assert(
      fc.property(bytes, bytes, (base, result) => {
        const [baseBefore, resultBefore] = [base.slice(), result.slice()];
        expect(applyByteDelta(base, makeByteDelta(base, result))).toEqual(result);
        expect([base, result]).toEqual([baseBefore, resultBefore]);
      }),
      { numRuns: 500 },
    );
  });

  it('takes bytes out of the middle of a larger buffer', () => {
    const buffer = new Uint8Array(64).fill(7);
    const delta = makeByteDelta(buffer.subarray(3, 20), buffer.subarray(5, 31));
    expect(applyByteDelta(buffer.subarray(1, 18), delta)).toEqual(new Uint8Array(26).fill(7));
  });

  it.each<[string, (list: ReturnType<typeof rows>) => void, number]>([
    ['one number changed', (list) => (list[5000]!.qty = 9), 60],
    ['a row in front', (list) => list.unshift({ id: -1, sku: 'new', qty: 1, price: 1, tags: [] }), 120],
    [
      'a row in front and numbers changed all through',
      (list) => {
        list.unshift({ id: -1, sku: 'new', qty: 1, price: 1, tags: [] });
        for (let at = 0; at < list.length; at += 100) list[at]!.qty += 10;
      },
      2_000,
    ],
    ['the first thousand rows moved to the end', (list) => list.push(...list.splice(0, 1000)), 60],
    [
      'every second row removed',
      (list) => list.splice(0, list.length, ...list.filter((_, at) => at % 2 === 0)),
      80_000,
    ],
  ])('of a megabyte is small after %s', (_, change, most) => {
    const list = rows(16_000);
    const base = bytesOf(list);
    change(list);
    const result = bytesOf(list);
    const delta = makeByteDelta(base, result);
    // A matcher that shows differences takes seconds for a megabyte.
    expect(Buffer.compare(applyByteDelta(base, delta), result)).toBe(0);
    expect(delta.length).toBeLessThanOrEqual(most);
  });

  it('is at most 32 bytes longer than what it makes, also where nothing is shared', () => {
    let state = 1;
    const noise = Uint8Array.from({ length: 10_000 }, () => (state = (state * 48_271) % 2_147_483_647) & 0xff);
    expect(makeByteDelta(new Uint8Array(10_000).fill(1), noise).length).toBeLessThanOrEqual(noise.length + 32);
    expect(makeByteDelta(new Uint8Array(0), noise).length).toBeLessThanOrEqual(noise.length + 32);
  });
});

describe('applyByteDelta', () => {
  const base = bytesOf(rows(40));
  const result = bytesOf(rows(41).reverse());
  const delta = makeByteDelta(base, result);

  it('refuses a delta with any bit changed', () => {
    for (let bit = 0; bit < delta.length * 8; bit++) {
      const changed = delta.slice();
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(
        reasonOf(() => applyByteDelta(base, changed)),
        `bit ${bit}`,
      ).not.toBe('none');
    }
  });

  it('refuses a delta that was cut off, or goes on', () => {
    for (let end = 0; end < delta.length; end++) {
      expect(reasonOf(() => applyByteDelta(base, delta.subarray(0, end)))).not.toBe('none');
    }
    expect(reasonOf(() => applyByteDelta(base, Uint8Array.from([...delta, 0])))).toBe('damaged');
  });

  it('refuses any other base', () => {
    for (let bit = 0; bit < base.length * 8; bit += 3) {
      const other = base.slice();
      other[bit >> 3]! ^= 1 << (bit & 7);
      expect(
        reasonOf(() => applyByteDelta(other, delta)),
        `bit ${bit}`,
      ).toBe('otherBase');
    }
    expect(reasonOf(() => applyByteDelta(base.subarray(1), delta))).toBe('otherBase');
    expect(reasonOf(() => applyByteDelta(result, delta))).toBe('otherBase');
  });

  it('refuses a result larger than allowed', () => {
    expect(reasonOf(() => applyByteDelta(base, delta, { maxResultBytes: result.length - 1 }))).toBe('tooLarge');
    expect(applyByteDelta(base, delta, { maxResultBytes: result.length })).toEqual(result);
  });

  it('makes no room for what a delta only claims', () => {
    // 64 MiB out of 40 bytes: the head of a true delta, then a length that its edits don't make.
    const hostile = Uint8Array.from([...delta.subarray(0, 11), 0xff, 0xff, 0xff, 0x1f, ...delta.subarray(13)]);
    const before = process.memoryUsage().arrayBuffers;
    expect(reasonOf(() => applyByteDelta(base, hostile))).toBe('damaged');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });
});
