// Everything that can set a function's code going again, but for the handler's call itself, comes through here: timers,
// responses, ticks. While its environment is frozen it waits; once it is destroyed it never comes.
// https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html

type State = 'running' | 'frozen' | 'destroyed';

export class Gate {
  #state: State = 'running';
  #waiting: (() => void)[] = [];
  readonly #onUncaught: (error: unknown) => void;

  /** `onUncaught` is told what a task threw: on Lambda that ends the process. */
  constructor(onUncaught: (error: unknown) => void) {
    this.#onUncaught = onUncaught;
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
      task();
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
