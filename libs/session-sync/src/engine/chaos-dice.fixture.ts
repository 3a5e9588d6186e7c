import type { Random } from '../ports/index.js';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Every choice of one run: the same seed gives the same run. */
export class Dice implements Random {
  constructor(private state: number) {}

  /** mulberry32 */
  fraction(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number in [0, below). */
  below(below: number): number {
    return Math.floor(this.fraction() * below);
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new TypeError('there is nothing to pick from');
    return picked;
  }

  token(bytes: number): string {
    return Array.from({ length: Math.ceil((bytes * 4) / 3) }, () => ALPHABET.charAt(this.below(64))).join('');
  }
}
