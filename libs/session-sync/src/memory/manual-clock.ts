import type { Clock } from '../ports/index.js';

interface Sleeper {
  readonly wakeAtMs: number;
  readonly wake: () => void;
}

/** A clock that moves only when told: time in tests and simulations. */
export class ManualClock implements Clock {
  private nowMs: number;
  private sleepers: Sleeper[] = [];

  /** @param startMs Where the clock begins; default 0. */
  constructor(startMs = 0) {
    this.nowMs = startMs;
  }

  monotonicMs(): number {
    return this.nowMs;
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ wakeAtMs: this.nowMs + Math.max(0, durationMs), wake });
    });
  }

  /** How many sleep at the moment: what a test waits for before it advances. */
  get sleeping(): number {
    return this.sleepers.length;
  }

  /**
   * Moves on by `durationMs`; those who sleep until then wake in the order of their times, each before the next one's
   * time comes, and may sleep again within the same advance.
   */
  async advance(durationMs: number): Promise<void> {
    const untilMs = this.nowMs + durationMs;
    await settle();
    for (let next = this.nextUntil(untilMs); next !== undefined; next = this.nextUntil(untilMs)) {
      this.nowMs = Math.max(this.nowMs, next.wakeAtMs);
      next.wake();
      await settle();
    }
    this.nowMs = untilMs;
  }

  private nextUntil(untilMs: number): Sleeper | undefined {
    let next: Sleeper | undefined;
    for (const sleeper of this.sleepers) {
      if (sleeper.wakeAtMs <= untilMs && (next === undefined || sleeper.wakeAtMs < next.wakeAtMs)) next = sleeper;
    }
    if (next !== undefined) this.sleepers = this.sleepers.filter((sleeper) => sleeper !== next);
    return next;
  }
}

/** Lets everything that is ready run: what a woken sleeper does may take several promise turns. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}
