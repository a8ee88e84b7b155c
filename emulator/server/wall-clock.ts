// Time as it passes, for clients outside the process.

import type { Clock, Timer } from '../kernel/clock.ts';

/** The longest delay that Node's timers take. https://nodejs.org/docs/latest-v24.x/api/timers.html#settimeoutcallback-delay-args */
const DELAY_MS_MAX = 2 ** 31 - 1;

export class WallClock implements Clock {
  readonly #onFailure: (error: unknown) => void;
  #isStopped = false;

  /** `onFailure` is told what spawned work fails with: nobody waits for it, and time goes on. */
  constructor(options: { readonly onFailure: (error: unknown) => void }) {
    this.#onFailure = options.onFailure;
  }

  /** Never goes back, as the host's own clock may. */
  now(): number {
    return performance.timeOrigin + performance.now();
  }

  at(timeMs: number, run: () => void): Timer {
    return this.after(timeMs - this.now(), run);
  }

  /** Does not keep the process alive: that is for the server to do. */
  after(delayMs: number, run: () => void): Timer {
    const runUnlessStopped = () => {
      if (!this.#isStopped) run();
    };
    if (delayMs <= 0) {
      const immediate = setImmediate(runUnlessStopped);
      return { cancel: () => clearImmediate(immediate) };
    }
    const endMs = this.now() + delayMs;
    // Node's timers take no longer delay, and may fire a fraction of a millisecond early.
    const wait = (): void => {
      const leftMs = endMs - this.now();
      if (leftMs <= 0) runUnlessStopped();
      else timeout = setTimeout(wait, Math.min(Math.ceil(leftMs), DELAY_MS_MAX)).unref();
    };
    let timeout = setTimeout(wait, Math.min(delayMs, DELAY_MS_MAX)).unref();
    return { cancel: () => clearTimeout(timeout) };
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  spawn(work: () => Promise<unknown>): void {
    this.after(0, () => {
      work().catch((error: unknown) => this.#onFailure(error));
    });
  }

  /** From now on nothing that was scheduled runs. */
  stop(): void {
    this.#isStopped = true;
  }
}
