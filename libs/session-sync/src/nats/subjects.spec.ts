import { describe, expect, it } from 'vitest';
import type { SessionKey } from '../core/session/identity.js';
import { isStoreName, shardOf } from './subjects.js';

describe('subjects', () => {
  it.each(['shop', 'a', 'A_b-9', 'x'.repeat(64)])('take the name %s', (name) => expect(isStoreName(name)).toBe(true));

  it.each(['', 'a.b', 'a b', 'a*', '>', 'ü', 'x'.repeat(65)])('refuse the name "%s"', (name) =>
    expect(isStoreName(name)).toBe(false),
  );
});

describe('the shard of a session', () => {
  const keys = Array.from({ length: 4000 }, (_, number) => `key-${number}`.padEnd(43, 'x') as SessionKey);

  it('never changes: it is part of the storage format', () => {
    expect(keys.slice(0, 8).map((key) => shardOf(key, 7))).toEqual([0, 1, 6, 4, 6, 3, 0, 0]);
    expect(shardOf('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0' as SessionKey, 64)).toBe(9);
  });

  it('is one of those there are, evenly', () => {
    const counts = Array.from({ length: 8 }, () => 0);
    for (const key of keys) counts[shardOf(key, 8)] = (counts[shardOf(key, 8)] ?? 0) + 1;
    for (const count of counts) expect(Math.abs(count - 500)).toBeLessThan(120);
    expect(keys.every((key) => shardOf(key, 1) === 0)).toBe(true);
  });
});
