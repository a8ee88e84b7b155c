// Calling off work that waits: an execution that is stopped, a branch whose sibling failed.

import type { Clock } from '../../kernel/clock.ts';

/** Thrown out of a wait that was called off because of something outside the work itself. */
export class CancelledError extends Error {
  override name = 'CancelledError';
}

export class Cancellation {
  #reason: Error | undefined;
  readonly #listeners = new Set<(reason: Error) => void>();

  /** Cancelled with this one, and on its own. `release` it when its work is done. */
  createChild(): { readonly cancellation: Cancellation; release(): void } {
    const cancellation = new Cancellation();
    const listener = (reason: Error) => cancellation.cancel(reason);
    if (this.#reason) cancellation.cancel(this.#reason);
    else this.#listeners.add(listener);
    return { cancellation, release: () => this.#listeners.delete(listener) };
  }

  cancel(reason: Error): void {
    if (this.#reason) return;
    this.#reason = reason;
    for (const listener of [...this.#listeners]) listener(reason);
    this.#listeners.clear();
  }

  /** Resolves at `timeMs`; rejects with the reason when cancelled before. */
  sleepUntil(clock: Clock, timeMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#reason) {
        reject(this.#reason);
        return;
      }
      const timer = clock.at(timeMs, () => {
        this.#listeners.delete(listener);
        resolve();
      });
      const listener = (reason: Error) => {
        timer.cancel();
        reject(reason);
      };
      this.#listeners.add(listener);
    });
  }

  /** The promise's own outcome, or a rejection with the reason when cancelled before; its work goes on unobserved. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const listener = (reason: Error) => reject(reason);
      if (this.#reason) listener(this.#reason);
      else this.#listeners.add(listener);
      promise.then(
        (value) => {
          this.#listeners.delete(listener);
          resolve(value);
        },
        (error: unknown) => {
          this.#listeners.delete(listener);
          reject(error);
        },
      );
    });
  }
}
