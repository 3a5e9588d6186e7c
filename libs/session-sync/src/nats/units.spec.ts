import { expect, it } from 'vitest';
import { fromNanos, fromTimestamp, toNanos, toTtl } from './units.js';

it.each([
  [1, '1s'],
  [0, '1s'],
  [1000, '1s'],
  [1001, '2s'],
  [3_600_000, '3600s'],
])('a message kept for %d ms has the TTL %s', (ms, ttl) => expect(toTtl(ms)).toBe(ttl));

it('nanoseconds are exact for whole milliseconds', () => {
  expect([toNanos(2000), fromNanos(2_000_000_000)]).toEqual([2_000_000_000, 2000]);
});

it('timestamps are read with and without fractions, and not when they are none', () => {
  expect(fromTimestamp('2025-01-02T03:04:05.123456789Z')).toBe(Date.UTC(2025, 0, 2, 3, 4, 5, 123));
  expect(fromTimestamp('2025-01-02T03:04:05Z')).toBe(Date.UTC(2025, 0, 2, 3, 4, 5));
  expect([fromTimestamp('soon'), fromTimestamp(undefined)]).toEqual([undefined, undefined]);
});
