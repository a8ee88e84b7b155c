// Timers of one execution environment, on the virtual clock. Those that fall due while it is frozen wait for its thaw.

import type { Clock, Timer } from '../kernel/clock.ts';

export interface SandboxTimer {
  ref(): SandboxTimer;
  unref(): SandboxTimer;
  hasRef(): boolean;
  refresh(): SandboxTimer;
  [Symbol.toPrimitive](): number;
}

export class SandboxTimers {
  readonly #clock: Clock;
  readonly #active = new Map<SandboxTimer, Timer>();
  #dueWhileFrozen: (() => void)[] = [];
  #frozen = false;
  #nextId = 1;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Timers that will still fire. */
  get pending(): number {
    return this.#active.size;
  }

  freeze(): void {
    this.#frozen = true;
  }

  thaw(): void {
    this.#frozen = false;
    const due = this.#dueWhileFrozen;
    this.#dueWhileFrozen = [];
    for (const run of due) run();
  }

  /** The environment is gone: nothing of it runs any more. */
  clear(): void {
    for (const timer of this.#active.values()) timer.cancel();
    this.#active.clear();
    this.#dueWhileFrozen = [];
  }

  setTimeout = (run: (...parameters: unknown[]) => void, delayMs = 0, ...parameters: unknown[]): SandboxTimer =>
    this.#start(() => run(...parameters), Number(delayMs) || 0, false);

  setInterval = (run: (...parameters: unknown[]) => void, delayMs = 0, ...parameters: unknown[]): SandboxTimer =>
    this.#start(() => run(...parameters), Number(delayMs) || 0, true);

  clearTimeout = (handle: unknown): void => {
    for (const [timer, scheduled] of this.#active) {
      if (timer === handle || Number(timer) === handle) {
        scheduled.cancel();
        this.#active.delete(timer);
      }
    }
  };

  #start(run: () => void, delayMs: number, repeats: boolean): SandboxTimer {
    const id = this.#nextId++;
    const handle: SandboxTimer = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => {
        this.#active.get(handle)?.cancel();
        this.#schedule(handle, run, delayMs, repeats);
        return handle;
      },
      [Symbol.toPrimitive]: () => id,
    };
    this.#schedule(handle, run, delayMs, repeats);
    return handle;
  }

  #schedule(handle: SandboxTimer, run: () => void, delayMs: number, repeats: boolean): void {
    // Node.js never fires earlier than after 1 ms.
    const scheduled = this.#clock.after(Math.max(1, delayMs), () => {
      this.#active.delete(handle);
      if (repeats) this.#schedule(handle, run, delayMs, repeats);
      if (this.#frozen) this.#dueWhileFrozen.push(run);
      else run();
    });
    this.#active.set(handle, scheduled);
  }
}
