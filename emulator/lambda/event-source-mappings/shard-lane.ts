// Batches of a shard, or of some of its partition keys, one at a time and in order.

import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { InvocationOutcome } from '../invocation.ts';
import type { LambdaService } from '../lambda-service.ts';
import { cutBatch, renderEvent } from './batch.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';
import { countEvents, recordFunctionMetric } from './mapping-metrics.ts';
import { type GivenUp, reportGivenUp } from './report-given-up.ts';
import { type Attempt, judgeAttempt, splitExpired } from './shard-attempt.ts';
import type { ShardRecord } from './shard-record.ts';
import { Waker } from './waker.ts';

const RETRY_DELAY_MS_MIN = 1000;
const RETRY_DELAY_MS_MAX = 60_000;

export interface ShardLaneParts {
  readonly world: World;
  readonly lambda: LambdaService;
  readonly mapping: EventSourceMapping;
  readonly shardId: string;
  /** Told when there is nothing to hand over for now. */
  readonly onIdle: () => void;
}

export class ShardLane {
  readonly #parts: ShardLaneParts;
  readonly #waker: Waker;
  /** Read from the shard and not yet handled, in order. */
  #waiting: ShardRecord[] = [];
  /** Whether a poll has brought records since the last invocation. */
  #isFresh = false;
  #isStopped = false;
  #isBusy = false;

  constructor(parts: ShardLaneParts) {
    this.#parts = parts;
    this.#waker = new Waker(parts.world.clock);
  }

  /** Whether a batch is being handled. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get waitingCount(): number {
    return this.#waiting.length;
  }

  add(records: readonly ShardRecord[]): void {
    for (const record of records) this.#waiting.push(record);
    this.#isFresh = true;
    this.#waker.wake();
  }

  /** What a lane that has ended leaves behind. */
  takeWaiting(): ShardRecord[] {
    return this.#waiting.splice(0);
  }

  /** `run` ends as soon as no invocation is under way. */
  stop(): void {
    this.#isStopped = true;
    this.#waker.wake();
  }

  async run(): Promise<void> {
    const { world, mapping, onIdle } = this.#parts;
    const { clock } = world;
    let windowStartMs = clock.now();
    while (!this.#isStopped) {
      const { batchSize, windowSeconds } = mapping.settings;
      const windowMs = windowSeconds * 1000;
      const { count, isFull } = cutBatch(this.#waiting, batchSize);
      const leftMs = windowStartMs + windowMs - clock.now();
      if (count > 0 && (isFull || leftMs <= 0)) {
        this.#isBusy = true;
        await this.#deliver(this.#waiting.splice(0, count));
        this.#isBusy = false;
        windowStartMs = clock.now();
        continue;
      }
      onIdle();
      await this.#waker.wait(count > 0 ? leftMs : undefined);
      // Windows that passed empty are over; records join the one that is under way.
      if (count === 0) windowStartMs = computeWindowStartMs(windowStartMs, windowMs, clock.now());
    }
  }

  /** The lane waits for its batch: what failed is tried again until it succeeds or is given up. */
  async #deliver(batch: readonly ShardRecord[]): Promise<void> {
    const { clock, sampleLatencyMs } = this.#parts.world;
    // What one poll brought takes the way from the stream once; further batches of it are at hand already.
    await clock.sleep(sampleLatencyMs(this.#isFresh ? 'hop.kinesis-to-lambda' : 'api.lambda.Invoke'));
    this.#isFresh = false;
    /** In order; a batch that is bisected becomes several. */
    const attempts: Attempt[] = [{ records: batch, retries: 0, invocations: 0 }];
    let delayMs = RETRY_DELAY_MS_MIN;
    for (let attempt = attempts.shift(); attempt; attempt = attempts.shift()) {
      const remaining = await this.#attempt(attempt);
      attempts.unshift(...remaining);
      if (remaining.length === 0) {
        delayMs = RETRY_DELAY_MS_MIN;
      } else if (!this.#isStopped) {
        await this.#waker.wait(delayMs);
        delayMs = Math.min(RETRY_DELAY_MS_MAX, delayMs * 2);
      }
      if (this.#isStopped) break;
    }
    this.#waiting = [...attempts.flatMap(({ records }) => records), ...this.#waiting];
  }

  /** What there is still to do of an attempt after trying it once. */
  async #attempt(attempt: Attempt): Promise<readonly Attempt[]> {
    const { world, mapping } = this.#parts;
    const { expired, records } = splitExpired(attempt.records, mapping.settings, world.clock.now());
    if (expired.length > 0) await this.#giveUp({ ...attempt, records: expired, condition: 'RecordAgeExceeded' });
    if (records.length === 0) return [];
    const outcome = await this.#invoke(records);
    // A throttle does not count as an attempt.
    if (!outcome) return [{ ...attempt, records }];
    const tried = { ...attempt, records, invocations: attempt.invocations + 1, last: outcome };
    const { failedCount, remaining, givenUp } = judgeAttempt(tried, outcome, mapping.settings);
    mapping.lastProcessingResult = outcome.failed || failedCount > 0 ? 'PROBLEM: Function call failed' : 'OK';
    countEvents(world, mapping, 'FailedInvokeEventCount', failedCount);
    if (givenUp.length > 0) await this.#giveUp({ ...tried, records: givenUp, condition: 'RetryAttemptsExhausted' });
    return remaining;
  }

  /** Nothing when the function is throttled. */
  async #invoke(records: readonly ShardRecord[]): Promise<InvocationOutcome | undefined> {
    const { world, lambda, mapping } = this.#parts;
    const ageMs = world.clock.now() - (records.at(-1)?.arrivedMs ?? 0);
    recordFunctionMetric(world, mapping, 'IteratorAge', Math.max(0, Math.floor(ageMs)));
    try {
      const outcome = await lambda.runOnce(mapping.target, lambda.createRequestId(), renderEvent(records));
      countEvents(world, mapping, 'InvokedEventCount', records.length);
      return outcome;
    } catch (error) {
      if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') throw error;
      countEvents(world, mapping, 'FailedInvokeEventCount', records.length);
      return undefined;
    }
  }

  async #giveUp(givenUp: GivenUp): Promise<void> {
    const { world, mapping, shardId } = this.#parts;
    countEvents(world, mapping, 'DroppedEventCount', givenUp.records.length);
    await reportGivenUp(world, mapping, shardId, givenUp);
  }
}

function computeWindowStartMs(startMs: number, windowMs: number, nowMs: number): number {
  return windowMs === 0 ? nowMs : startMs + Math.floor((nowMs - startMs) / windowMs) * windowMs;
}
