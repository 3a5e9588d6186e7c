import type { Clock } from '../ports/index.js';

/** Time that passes only when nothing else is left to do: then it jumps to whoever wakes first. */
export class ChaosClock implements Clock {
  private nowMs = 0;
  private readonly sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  monotonicMs(): number {
    return this.nowMs;
  }

  sleep(durationMs: number): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ atMs: this.nowMs + Math.max(0, durationMs), wake });
    });
  }

  /** Lets time pass until `work` is done; false when nobody would ever wake again before that. */
  async runUntil(work: Promise<unknown>): Promise<boolean> {
    let isDone = false;
    const done = work.finally(() => (isDone = true));
    for (;;) {
      await new Promise(setImmediate);
      if (isDone) {
        await done;
        return true;
      }
      const next = this.next();
      if (next === undefined) return false;
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.wake();
    }
  }

  private next(): { readonly atMs: number; readonly wake: () => void } | undefined {
    let first = 0;
    this.sleepers.forEach(({ atMs }, at) => {
      if (atMs < (this.sleepers[first]?.atMs ?? 0)) first = at;
    });
    return this.sleepers.splice(first, 1)[0];
  }
}
