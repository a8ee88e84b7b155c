// A wait that can be ended early.

import type { Clock } from '../../kernel/clock.ts';

export class Waker {
  readonly #clock: Clock;
  #wake: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Until `wake`, and for `delayMs` at most where it is given. One wait at a time. */
  async wait(delayMs?: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = delayMs === undefined ? undefined : this.#clock.after(delayMs, resolve);
    this.#wake = resolve;
    await promise;
    this.#wake = undefined;
    timer?.cancel();
  }

  /** Ends the wait, if there is one. */
  wake(): void {
    this.#wake?.();
  }
}
