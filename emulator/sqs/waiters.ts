// Receives that wait for a message, until one comes or their time has passed. They are woken; nobody asks again and again.

import type { Clock, Timer } from '../kernel/clock.ts';
import type { Random } from '../kernel/random.ts';
import { createNoSuchQueue } from './sqs-errors.ts';

interface Waiter<Options, Answer> {
  readonly options: Options;
  readonly timer: Timer;
  resolve(answer: readonly Answer[]): void;
  reject(error: Error): void;
}

export class Waiters<Options extends { readonly waitMs: number }, Answer> {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #waiters: Waiter<Options, Answer>[] = [];

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  get count(): number {
    return this.#waiters.length;
  }

  /** Resolves to nothing at the end of the time. @throws {AwsError} `QueueDoesNotExist` when the queue is closed before. */
  wait(options: Options): Promise<readonly Answer[]> {
    return new Promise((resolve, reject) => {
      const timer = this.#clock.after(options.waitMs, () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        resolve([]);
      });
      const waiter: Waiter<Options, Answer> = { options, timer, resolve, reject };
      this.#waiters.push(waiter);
    });
  }

  /** Offers messages to one of those who wait: any may be the lucky one. Says whether it took some. */
  serveOne(take: (options: Options) => readonly Answer[]): boolean {
    const index = this.#random.integer(this.#waiters.length);
    const waiter = this.#waiters[index];
    if (!waiter) return false;
    const answer = take(waiter.options);
    if (answer.length === 0) return false;
    this.#waiters.splice(index, 1);
    waiter.timer.cancel();
    waiter.resolve(answer);
    return true;
  }

  close(): void {
    for (const { timer, reject } of this.#waiters.splice(0)) {
      timer.cancel();
      reject(createNoSuchQueue());
    }
  }
}
