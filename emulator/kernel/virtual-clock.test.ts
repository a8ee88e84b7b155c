import { describe, expect, test } from 'vitest';
import { IdleClockError, VirtualClock } from './virtual-clock.ts';

describe('VirtualClock', () => {
  test('wakes by time, and ties by insertion', async () => {
    const clock = new VirtualClock({ startMs: 1000 });
    const woken: string[] = [];
    clock.after(20, () => woken.push(`c at ${clock.now()}`));
    clock.after(10, () => woken.push(`a at ${clock.now()}`));
    clock.at(1010, () => woken.push(`b at ${clock.now()}`));

    await clock.runUntil(1020);

    expect(woken).toEqual(['a at 1010', 'b at 1010', 'c at 1020']);
  });

  test('lets every promise that is due make its progress before time goes on', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    const instants: number[] = [];
    const work = (async () => {
      for (let step = 0; step < 3; step++) {
        await clock.sleep(10);
        await Promise.resolve();
        instants.push(clock.now());
      }
    })();
    clock.after(1000, () => {});

    await clock.runUntilSettled(work);

    expect(instants).toEqual([10, 20, 30]);
  });

  test('does not run what was cancelled', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    let ran = false;
    const timer = clock.after(5, () => {
      ran = true;
    });

    timer.cancel();
    await clock.runUntil(10);

    expect(ran).toBe(false);
    expect(clock.now()).toBe(10);
  });

  test('says so when what it runs for would wait for ever', async () => {
    const clock = new VirtualClock({ startMs: 0 });

    await expect(clock.runUntilSettled(new Promise(() => {}))).rejects.toThrow(IdleClockError);
  });

  test('fails with the work that nobody waits for', async () => {
    const clock = new VirtualClock({ startMs: 0 });
    clock.spawn(async () => {
      await clock.sleep(5);
      throw new Error('astray');
    });

    await expect(clock.runUntilSettled(clock.sleep(10))).rejects.toThrow('astray');
  });
});
