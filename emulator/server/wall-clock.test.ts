import { describe, expect, test, vi } from 'vitest';
import { WallClock } from './wall-clock.ts';

const createClock = (onFailure: (error: unknown) => void = () => {}) => new WallClock({ onFailure });

describe('WallClock', () => {
  test('shows the host’s time', () => {
    const differenceMs = createClock().now() - Date.now();

    expect(Math.abs(differenceMs)).toBeLessThan(10_000);
  });

  test('never wakes anyone before the time', async () => {
    const clock = createClock();

    for (const delayMs of [0, 0.4, 1, 1.5, 7.3]) {
      const endMs = clock.now() + delayMs;
      await clock.sleep(delayMs);
      expect(clock.now()).toBeGreaterThanOrEqual(endMs);
    }
  });

  test('waits longer than one of Node’s timers can', () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    const run = vi.fn();
    const delayMs = 3 * 2 ** 31;

    createClock().after(delayMs, run);
    vi.advanceTimersByTime(delayMs - 10);
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(20);

    expect(run).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });

  test.each([0, 5])('runs nothing that was called off, with a delay of %i ms', async (delayMs) => {
    const clock = createClock();
    const run = vi.fn();

    clock.after(delayMs, run).cancel();
    await clock.sleep(delayMs + 5);

    expect(run).not.toHaveBeenCalled();
  });

  test('tells of spawned work that fails', async () => {
    const failures: unknown[] = [];
    const clock = createClock((error) => failures.push(error));

    clock.spawn(() => Promise.reject(new Error('lost')));
    await clock.sleep(5);

    expect(failures).toEqual([new Error('lost')]);
  });

  test('runs nothing once it is stopped', async () => {
    const clock = createClock();
    const run = vi.fn();

    clock.after(1, run);
    clock.after(0, run);
    clock.stop();
    await createClock().sleep(10);

    expect(run).not.toHaveBeenCalled();
  });
});
