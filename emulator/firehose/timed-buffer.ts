// A buffer that is emptied when it is large enough or its first item has waited long enough, whichever comes first.

import type { Clock, Timer } from '../kernel/clock.ts';

export interface BufferLimits {
  readonly bytes: number;
  /** 0 empties the buffer as soon as anything is in it. */
  readonly intervalMs: number;
}

/** `Opened` is what comes with the first item and stays with the buffer until it is emptied. */
export interface BufferRules<Item, Opened> {
  sizeOf(item: Item): number;
  /** Begins a fill; its limits hold until it is emptied. */
  open(first: Item): Opened;
  limitsOf(opened: Opened): BufferLimits;
  flush(items: readonly Item[], opened: Opened): void;
}

interface Fill<Item, Opened> {
  readonly opened: Opened;
  readonly limits: BufferLimits;
  readonly timer: Timer;
  readonly items: Item[];
  bytes: number;
}

export class TimedBuffer<Item, Opened> {
  readonly #clock: Clock;
  readonly #rules: BufferRules<Item, Opened>;
  #fill: Fill<Item, Opened> | undefined;

  constructor(clock: Clock, rules: BufferRules<Item, Opened>) {
    this.#clock = clock;
    this.#rules = rules;
  }

  /** Items that come together leave together, as far as there is room. */
  add(items: readonly Item[]): void {
    for (const item of items) {
      const bytes = this.#rules.sizeOf(item);
      if (this.#fill && this.#fill.bytes + bytes > this.#fill.limits.bytes) this.#empty(this.#fill);
      const fill = this.#fill ?? this.#begin(item);
      fill.items.push(item);
      fill.bytes += bytes;
    }
    const fill = this.#fill;
    if (fill && (fill.limits.intervalMs === 0 || fill.bytes >= fill.limits.bytes)) this.#empty(fill);
  }

  /** Forgets what is buffered. */
  discard(): void {
    this.#fill?.timer.cancel();
    this.#fill = undefined;
  }

  #begin(first: Item): Fill<Item, Opened> {
    const opened = this.#rules.open(first);
    const limits = this.#rules.limitsOf(opened);
    const timer = this.#clock.after(limits.intervalMs, () => this.#empty(fill));
    const fill: Fill<Item, Opened> = { opened, limits, timer, items: [], bytes: 0 };
    this.#fill = fill;
    return fill;
  }

  #empty(fill: Fill<Item, Opened>): void {
    fill.timer.cancel();
    this.#fill = undefined;
    this.#rules.flush(fill.items, fill.opened);
  }
}
