// How fast children start, in all Map Runs of the account together.

/** Of Standard children: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const STARTS_PER_SECOND = 100;
const INTERVAL_MS = 1000 / STARTS_PER_SECOND;
/** A second's worth may start at once after a second without any. */
const BURST_MS = 1000 - INTERVAL_MS;

export class StartRate {
  /** When the bucket is full again. */
  #fullMs = 0;

  /** Takes the next free start: the instant at which it may be, never before `nowMs`. */
  reserve(nowMs: number): number {
    const fullMs = Math.max(this.#fullMs, nowMs);
    this.#fullMs = fullMs + INTERVAL_MS;
    return Math.max(nowMs, fullMs - BURST_MS);
  }
}
