// How often functions may be invoked synchronously: ten times a second for each execution environment they may have.
// https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

const REQUESTS_PER_SECOND_AND_ENVIRONMENT = 10;

export class RequestRate {
  readonly #perMs: number;
  readonly #max: number;
  #available: number;
  #asOfMs: number;

  /** For so many concurrent environments. */
  constructor(concurrency: number, nowMs: number) {
    this.#max = concurrency * REQUESTS_PER_SECOND_AND_ENVIRONMENT;
    this.#perMs = this.#max / 1000;
    this.#available = this.#max;
    this.#asOfMs = nowMs;
  }

  /** Whether one more request may go ahead; if so, it is counted. */
  take(nowMs: number): boolean {
    this.#available = Math.min(this.#max, this.#available + (nowMs - this.#asOfMs) * this.#perMs);
    this.#asOfMs = nowMs;
    if (this.#available < 1) return false;
    this.#available--;
    return true;
  }
}
