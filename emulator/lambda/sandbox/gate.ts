// Everything that can set a function's code going again, but for the handler's call itself, comes through here: timers,
// responses, ticks. While its environment is frozen it waits; once it is destroyed it never comes.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html

import { type RejectionListener, runOwned } from './rejection-owner.ts';

type State = 'running' | 'frozen' | 'destroyed';

export class Gate {
  #state: State = 'running';
  #waiting: (() => void)[] = [];
  readonly #onUncaught: (error: unknown) => void;
  readonly #onRejection: RejectionListener;

  /**
   * `onUncaught` is told what a task threw, `onRejection` what no `catch` took of the code's promises: on Lambda either ends
   * the process.
   */
  constructor(onUncaught: (error: unknown) => void, onRejection: RejectionListener = onUncaught) {
    this.#onUncaught = onUncaught;
    this.#onRejection = onRejection;
  }

  /** Runs code of the environment that waits for nothing: its top level and its handler. */
  enter<T>(run: () => T): T {
    return runOwned(this.#onRejection, run);
  }

  get isDestroyed(): boolean {
    return this.#state === 'destroyed';
  }

  /** Now, at the thaw, or never. */
  run(task: () => void): void {
    if (this.#state === 'destroyed') return;
    if (this.#state === 'frozen') {
      this.#waiting.push(task);
      return;
    }
    try {
      runOwned(this.#onRejection, task);
    } catch (error) {
      this.#onUncaught(error);
    }
  }

  freeze(): void {
    if (this.#state === 'running') this.#state = 'frozen';
  }

  /** Runs what came up meanwhile, in its order. */
  thaw(): void {
    if (this.#state !== 'frozen') return;
    this.#state = 'running';
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const task of waiting) this.run(task);
  }

  destroy(): void {
    this.#state = 'destroyed';
    this.#waiting = [];
  }
}
