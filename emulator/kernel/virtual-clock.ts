// Time that jumps to the next event. Wake order is (time, sequence): ties break by insertion.

import TinyQueue from 'tinyqueue';
import type { Clock, Timer } from './clock.ts';

interface ScheduledEvent {
  readonly timeMs: number;
  readonly sequence: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** More events than this in one run mean a loop that never ends. */
const EVENTS_MAX = 50_000_000;

class EventLimitError extends Error {
  override name = 'EventLimitError';
}

export class IdleClockError extends Error {
  override name = 'IdleClockError';
}

export class VirtualClock implements Clock {
  #nowMs: number;
  #sequence = 0;
  #eventsRun = 0;
  readonly #queue = new TinyQueue<ScheduledEvent>([], compareEvents);
  readonly #settle: () => Promise<void>;
  #failure: { readonly error: unknown } | undefined;

  /**
   * `settle` is called after each event, and resolves when nothing that runs outside the clock (a function's code, a
   * promise chain) can make progress before time advances.
   */
  constructor(options: { startMs: number; settle?: () => Promise<void> }) {
    this.#nowMs = options.startMs;
    this.#settle = options.settle ?? turnEventLoop;
  }

  now(): number {
    return this.#nowMs;
  }

  at(timeMs: number, run: () => void): Timer {
    const event: ScheduledEvent = {
      timeMs: Math.max(timeMs, this.#nowMs),
      sequence: this.#sequence++,
      run,
      cancelled: false,
    };
    this.#queue.push(event);
    return {
      cancel() {
        event.cancelled = true;
      },
    };
  }

  after(delayMs: number, run: () => void): Timer {
    return this.at(this.#nowMs + Math.max(0, delayMs), run);
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(delayMs, resolve);
    });
  }

  spawn(work: () => Promise<unknown>): void {
    this.after(0, () => {
      work().catch((error: unknown) => {
        this.#failure ??= { error };
      });
    });
  }

  /**
   * Runs events until `promise` settles, and gives its result. Throws what spawned work failed with.
   * @throws {IdleClockError} when nothing is scheduled any more and the promise is still pending: it would never settle.
   */
  async runUntilSettled<T>(promise: Promise<T>): Promise<T> {
    let settled = false;
    const outcome = promise.finally(() => {
      settled = true;
    });
    outcome.catch(() => {});
    await this.#settle();
    while (!settled) {
      if (!(await this.#runNext())) {
        throw new IdleClockError('the clock has no events left, and what it was run for has not finished');
      }
    }
    return outcome;
  }

  /** Runs every event up to and including `timeMs`, then leaves the clock there. */
  async runUntil(timeMs: number): Promise<void> {
    await this.#settle();
    for (let next = this.#peek(); next && next.timeMs <= timeMs; next = this.#peek()) {
      await this.#runNext();
    }
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }

  #peek(): ScheduledEvent | undefined {
    for (let next = this.#queue.peek(); next?.cancelled; next = this.#queue.peek()) this.#queue.pop();
    return this.#queue.peek();
  }

  async #runNext(): Promise<boolean> {
    const event = this.#peek();
    if (!event) return false;
    this.#queue.pop();
    if (++this.#eventsRun > EVENTS_MAX) {
      throw new EventLimitError(`the virtual clock ran ${EVENTS_MAX} events without coming to an end`);
    }
    this.#nowMs = event.timeMs;
    event.run();
    await this.#settle();
    if (this.#failure) throw this.#failure.error;
    return true;
  }
}

function compareEvents(a: ScheduledEvent, b: ScheduledEvent): number {
  return a.timeMs - b.timeMs || a.sequence - b.sequence;
}

/** One turn of Node's event loop: every microtask and `process.nextTick` that is due has run by then. */
export function turnEventLoop(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
