import type { Clock } from '../ports/index.js';

/** The moment by which something must have an outcome. */
export class Deadline {
  private readonly atMs: number;

  constructor(
    private readonly clock: Clock,
    readonly durationMs: number,
  ) {
    this.atMs = clock.monotonicMs() + durationMs;
  }

  get hasPassed(): boolean {
    return this.remainingMs <= 0;
  }

  get remainingMs(): number {
    return Math.max(0, this.atMs - this.clock.monotonicMs());
  }

  /** How long one of several tries may take: a lost answer must leave time to ask again. */
  get attemptMs(): number {
    return Math.max(1, Math.min(this.remainingMs, this.durationMs / 4));
  }
}
