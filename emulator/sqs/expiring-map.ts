// What is remembered for a fixed time, by key. Forgetting costs nothing that grows with how much is remembered.

import type { Clock } from '../kernel/clock.ts';
import { MessageLine } from './message-line.ts';

interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
  readonly untilMs: number;
}

export class ExpiringMap<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #line = new MessageLine<Entry<Value>>();
  readonly #clock: Clock;
  readonly #lifetimeMs: number;

  constructor(clock: Clock, lifetimeMs: number) {
    this.#clock = clock;
    this.#lifetimeMs = lifetimeMs;
  }

  get(key: string): Value | undefined {
    this.#forget();
    return this.#entries.get(key)?.value;
  }

  /** Counts its time from now, also of a key that is there. */
  set(key: string, value: Value): void {
    this.#forget();
    const entry = { key, value, untilMs: this.#clock.now() + this.#lifetimeMs };
    this.#entries.set(key, entry);
    this.#line.add(entry);
  }

  #forget(): void {
    const nowMs = this.#clock.now();
    for (let first = this.#line.first; first && first.untilMs <= nowMs; first = this.#line.first) {
      this.#line.takeFirst();
      if (this.#entries.get(first.key) === first) this.#entries.delete(first.key);
    }
  }
}
