import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../ports/index.js';

/** The process's own monotonic clock and timers. */
export class NodeClock implements Clock {
  monotonicMs(): number {
    return performance.now();
  }

  async sleep(durationMs: number): Promise<void> {
    await delay(durationMs, undefined, { ref: false });
  }
}
