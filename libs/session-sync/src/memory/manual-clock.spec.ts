import { describe, expect, it } from 'vitest';
import { ManualClock } from './manual-clock.js';

describe('ManualClock', () => {
  it('stands still until advanced', async () => {
    const clock = new ManualClock(1000);
    await clock.advance(250);
    expect(clock.monotonicMs()).toBe(1250);
  });

  it('wakes sleepers in the order of their times, at their times', async () => {
    const clock = new ManualClock();
    const woken: [string, number][] = [];
    void clock.sleep(30).then(() => woken.push(['later', clock.monotonicMs()]));
    void clock.sleep(10).then(() => woken.push(['sooner', clock.monotonicMs()]));
    void clock.sleep(99).then(() => woken.push(['never', clock.monotonicMs()]));
    await clock.advance(50);
    expect(woken).toEqual([
      ['sooner', 10],
      ['later', 30],
    ]);
    expect(clock.sleeping).toBe(1);
  });

  it('lets a woken sleeper sleep again within one advance', async () => {
    const clock = new ManualClock();
    const ticks: number[] = [];
    const tick = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(10);
        ticks.push(clock.monotonicMs());
      }
    };
    void tick();
    await clock.advance(35);
    expect(ticks).toEqual([10, 20, 30]);
  });
});
