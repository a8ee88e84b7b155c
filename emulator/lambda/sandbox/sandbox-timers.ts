// Timers of one execution environment, on the virtual clock.

import { promisify } from 'node:util';
import type { Clock, Timer } from '../../kernel/clock.ts';
import type { Gate } from './gate.ts';

type Callback = (...parameters: unknown[]) => void;

/** What the code holds of a timer: as much of Node's `Timeout` as libraries use. */
export interface TimerHandle {
  ref(): TimerHandle;
  unref(): TimerHandle;
  hasRef(): boolean;
  refresh(): TimerHandle;
  close(): TimerHandle;
  [Symbol.toPrimitive](): number;
}

/** https://nodejs.org/docs/latest-v24.x/api/timers.html#settimeoutcallback-delay-args: what is outside is taken for the least. */
const DELAY_MS_MIN = 1;
const DELAY_MS_MAX = 2 ** 31 - 1;
/** A turn of the event loop, assumed. More than nothing, so that code which polls by `setImmediate` gets on in virtual time. */
const IMMEDIATE_MS = 0.01;

export class SandboxTimers {
  readonly #clock: Clock;
  readonly #gate: Gate;
  /** Those that will still fire, by their number. */
  readonly #pending = new Map<number, Timer>();
  #lastId = 0;

  constructor(clock: Clock, gate: Gate) {
    this.#clock = clock;
    this.#gate = gate;
  }

  /** Timers that will still fire. */
  get pending(): number {
    return this.#pending.size;
  }

  clear(): void {
    for (const timer of this.#pending.values()) timer.cancel();
    this.#pending.clear();
  }

  readonly setTimeout = Object.assign(
    (run: Callback, delayMs?: unknown, ...parameters: unknown[]) =>
      this.#start(() => run(...parameters), boundDelay(delayMs), false),
    { [promisify.custom]: (delayMs?: unknown, value?: unknown) => this.#sleep(boundDelay(delayMs), value) },
  );

  readonly setInterval = (run: Callback, delayMs?: unknown, ...parameters: unknown[]): TimerHandle =>
    this.#start(() => run(...parameters), boundDelay(delayMs), true);

  readonly setImmediate = Object.assign(
    (run: Callback, ...parameters: unknown[]) => this.#start(() => run(...parameters), IMMEDIATE_MS, false),
    { [promisify.custom]: (value?: unknown) => this.#sleep(IMMEDIATE_MS, value) },
  );

  /** Of any kind, by handle or number. */
  readonly clearTimer = (handle: unknown): void => {
    const id = Number(handle);
    this.#pending.get(id)?.cancel();
    this.#pending.delete(id);
  };

  #sleep(delayMs: number, value: unknown): Promise<unknown> {
    return new Promise((resolve) => {
      this.#start(() => resolve(value), delayMs, false);
    });
  }

  #start(run: () => void, delayMs: number, repeats: boolean): TimerHandle {
    const id = ++this.#lastId;
    const handle: TimerHandle = {
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
      refresh: () => {
        this.clearTimer(id);
        this.#schedule(id, run, delayMs, repeats);
        return handle;
      },
      close: () => {
        this.clearTimer(id);
        return handle;
      },
      [Symbol.toPrimitive]: () => id,
    };
    this.#schedule(id, run, delayMs, repeats);
    return handle;
  }

  #schedule(id: number, run: () => void, delayMs: number, repeats: boolean): void {
    if (this.#gate.isDestroyed) return;
    const timer = this.#clock.after(delayMs, () => {
      this.#gate.run(() => {
        // It may have been cleared by what came up before it while the environment was frozen.
        if (this.#pending.get(id) !== timer) return;
        this.#pending.delete(id);
        // Before the callback, which may clear it.
        if (repeats) this.#schedule(id, run, delayMs, repeats);
        run();
      });
    });
    this.#pending.set(id, timer);
  }
}

function boundDelay(delayMs: unknown): number {
  const wantedMs = Number(delayMs);
  return wantedMs >= DELAY_MS_MIN && wantedMs <= DELAY_MS_MAX ? wantedMs : DELAY_MS_MIN;
}
