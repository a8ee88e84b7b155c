import { describe, expect, test } from 'vitest';
import { OutsideWork } from './outside-work.ts';
import { VirtualClock } from './virtual-clock.ts';

describe('OutsideWork', () => {
  test('keeps the clock where it is until the work has ended', async () => {
    const outside = new OutsideWork();
    const clock = new VirtualClock({ startMs: 0, settle: () => outside.settle() });
    const work = async () => {
      outside.begin();
      // Real time: what a client spends on reading its configuration.
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      const instantMs = clock.now();
      outside.end();
      return instantMs;
    };
    clock.after(1, () => {});

    await expect(clock.runUntilSettled(work())).resolves.toBe(0);
  });
});
