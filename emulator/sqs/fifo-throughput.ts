// How many calls a FIFO queue takes in a second:
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html

import type { Clock } from '../kernel/clock.ts';
import { AwsError } from '../kernel/errors.ts';
import type { QueueSettings } from './queue-settings.ts';

const CALLS_PER_SECOND_MAX = 300;

/** A batch is one call. */
export type CountedAction = 'SendMessage' | 'ReceiveMessage' | 'DeleteMessage';

export class FifoThroughput {
  readonly #clock: Clock;
  /** Of this second, by action or by message group. */
  readonly #calls = new Map<string, number>();
  #second = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Counts a call: by its action, or with high throughput by each message group that it sends to.
   * @throws {AwsError} `RequestThrottled` when there were too many in this second; the call is not counted then.
   */
  count(limit: QueueSettings['throughputLimit'], action: CountedAction, groupIds: readonly string[] = []): void {
    const second = Math.floor(this.#clock.now() / 1000);
    if (second !== this.#second) this.#calls.clear();
    this.#second = second;
    const keys = limit === 'perQueue' ? [action] : new Set(groupIds);
    for (const key of keys) {
      if ((this.#calls.get(key) ?? 0) >= CALLS_PER_SECOND_MAX) {
        throw new AwsError('RequestThrottled', 'Request is throttled.', { status: 403 });
      }
    }
    for (const key of keys) this.#calls.set(key, (this.#calls.get(key) ?? 0) + 1);
  }
}
