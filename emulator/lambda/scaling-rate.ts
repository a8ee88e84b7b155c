// How fast a function may get new execution environments: https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html

/** 1,000 at once, and as many again every ten seconds, little by little. */
const ENVIRONMENTS_MAX = 1000;
const ENVIRONMENTS_PER_MS = 1000 / 10_000;

export class ScalingRate {
  #available = ENVIRONMENTS_MAX;
  #asOfMs: number;

  constructor(nowMs: number) {
    this.#asOfMs = nowMs;
  }

  /** Whether another environment may be opened; if so, it is counted. */
  take(nowMs: number): boolean {
    const regained = (nowMs - this.#asOfMs) * ENVIRONMENTS_PER_MS;
    this.#available = Math.min(ENVIRONMENTS_MAX, this.#available + regained);
    this.#asOfMs = nowMs;
    if (this.#available < 1) return false;
    this.#available--;
    return true;
  }
}
