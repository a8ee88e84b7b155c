// A buffer that is emptied when it is large enough or its first item has waited long enough, whichever comes first.

import type { Clock, Timer } from '../kernel/clock.ts';

export interface BufferLimits {
  readonly bytes: number;
  /** 0 empties the buffer as soon as anything is in it. */
  readonly intervalMs: number;
}

export class TimedBuffer<Item> {
  readonly #clock: Clock;
  readonly #limits: () => BufferLimits;
  readonly #flush: (items: Item[]) => void;
  #items: Item[] = [];
  #bytes = 0;
  #timer: Timer | undefined;

  /** `limits` is asked whenever it matters: a change takes effect with the next first item. */
  constructor(parts: { clock: Clock; limits: () => BufferLimits; flush: (items: Item[]) => void }) {
    this.#clock = parts.clock;
    this.#limits = parts.limits;
    this.#flush = parts.flush;
  }

  add(items: readonly Item[], sizeOf: (item: Item) => number): void {
    const { bytes: bytesMax, intervalMs } = this.#limits();
    for (const item of items) {
      const bytes = sizeOf(item);
      if (this.#items.length > 0 && this.#bytes + bytes > bytesMax) this.#empty();
      this.#items.push(item);
      this.#bytes += bytes;
      this.#timer ??= this.#clock.after(intervalMs, () => this.#empty());
    }
    if (this.#bytes >= bytesMax) this.#empty();
  }

  #empty(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
    const items = this.#items;
    this.#items = [];
    this.#bytes = 0;
    if (items.length > 0) this.#flush(items);
  }
}
