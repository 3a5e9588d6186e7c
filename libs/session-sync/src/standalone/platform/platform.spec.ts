import { describe, expect, it } from 'vitest';
import { NodeClock } from './node-clock.js';
import { NodeCrypto } from './node-crypto.js';
import { NodeRandom } from './node-random.js';

describe('NodeClock', () => {
  it('never goes back and sleeps at least as long as asked', async () => {
    const clock = new NodeClock();
    const before = clock.monotonicMs();
    const ticker = setInterval(() => undefined, 50);
    await clock.sleep(5);
    clearInterval(ticker);
    expect(clock.monotonicMs() - before).toBeGreaterThanOrEqual(4);
  });
});

describe('NodeRandom', () => {
  it('makes unpadded base64url tokens of the bytes asked for', () => {
    expect(new NodeRandom().token(32)).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(new NodeRandom().token(16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(new NodeRandom().token(32)).not.toBe(new NodeRandom().token(32));
  });

  it('keeps fractions in [0, 1)', () => {
    const fraction = new NodeRandom().fraction();
    expect(fraction).toBeGreaterThanOrEqual(0);
    expect(fraction).toBeLessThan(1);
  });
});

describe('NodeCrypto', () => {
  const crypto = new NodeCrypto();

  it('hashes and authenticates as the published vectors say', () => {
    expect(crypto.sha256('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
    expect(
      Buffer.from(crypto.mac('key', 'The quick brown fox jumps over the lazy dog'), 'base64url').toString('hex'),
    ).toBe('f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8');
  });

  it('tells equal from different, of any length', () => {
    expect(crypto.isEqual('abc', 'abc')).toBe(true);
    expect(crypto.isEqual('abc', 'abd')).toBe(false);
    expect(crypto.isEqual('abc', 'ab')).toBe(false);
    expect(crypto.isEqual('', '')).toBe(true);
  });
});
