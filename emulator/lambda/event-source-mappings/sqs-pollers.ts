// All pollers of one queue, and how many there are: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

import type { Timer } from '../../kernel/clock.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaService } from '../lambda-service.ts';
import type { EventSourceMapping, Pollers } from './event-source-mapping.ts';
import { assertVisibilityTimeout, computeQueueUrl, readVisibilityTimeout } from './queue-visibility.ts';
import { spawnPolling } from './spawn-polling.ts';
import { SqsPoller, type SqsPollerParts } from './sqs-poller.ts';

/** "Five concurrent batches with five concurrent invocations", which low traffic comes back to. */
const POLLERS_MIN = 5;
/** One poller has one invocation at a time, so these are concurrent invocations too. */
const POLLERS_PER_MINUTE = 300;
const POLLERS_MAX = 1250;
/** Lambda "gradually backs off" from errors and throttles; by how much it does not say: by half, and not below this. Assumed. */
const POLLERS_MIN_AFTER_FAILURES = 2;
const MINUTE_MS = 60_000;

export class SqsPollers implements Pollers {
  readonly #parts: SqsPollerParts;
  readonly #pollers: SqsPoller[] = [];
  /** Those that were told to stop, and have not ended yet. */
  readonly #ending = new Set<Promise<void>>();
  #visibilityTimeoutMs: Promise<number> = Promise.resolve(0);
  #review: Timer | undefined;

  constructor(world: World, lambda: LambdaService, mapping: EventSourceMapping) {
    const queueUrl = computeQueueUrl(world, mapping.props.eventSourceArn);
    this.#parts = { world, lambda, mapping, queueUrl, visibilityTimeoutMs: () => this.#visibilityTimeoutMs };
  }

  start(): void {
    this.#readVisibilityTimeout();
    this.#resize(POLLERS_MIN);
    this.#scheduleReview();
  }

  async stop(): Promise<void> {
    this.#review?.cancel();
    this.#resize(0);
    await Promise.all(this.#ending);
  }

  onSettings(): void {
    this.#resize(Math.max(POLLERS_MIN, this.#pollers.length));
  }

  #readVisibilityTimeout(): void {
    const { world, mapping } = this.#parts;
    const read = Promise.withResolvers<number>();
    this.#visibilityTimeoutMs = read.promise;
    void spawnPolling(world, mapping, async () => {
      const visibilitySeconds = await readVisibilityTimeout(world, mapping.caller, mapping.props.eventSourceArn);
      assertVisibilityTimeout(visibilitySeconds, mapping.target);
      read.resolve(visibilitySeconds * 1000);
    });
  }

  #scheduleReview(): void {
    this.#review = this.#parts.world.clock.after(MINUTE_MS, () => {
      // All are asked, as each then starts counting anew.
      const reviews = this.#pollers.map((poller) => poller.takeReview());
      const isBusy = reviews.every((review) => review.isBusy);
      const hasFailed = reviews.some((review) => review.hasFailed);
      this.#resize(computePollers(this.#pollers.length, isBusy, hasFailed));
      this.#scheduleReview();
    });
  }

  #resize(wanted: number): void {
    const { world, mapping } = this.#parts;
    const count = Math.min(wanted, POLLERS_MAX, mapping.settings.maximumConcurrency ?? POLLERS_MAX);
    while (this.#pollers.length < count) {
      const poller = new SqsPoller(this.#parts);
      this.#pollers.push(poller);
      void spawnPolling(world, mapping, () => poller.run());
    }
    for (const poller of this.#pollers.splice(count)) {
      const ended = poller.stop().then(() => {
        this.#ending.delete(ended);
      });
      this.#ending.add(ended);
    }
  }
}

function computePollers(count: number, isBusy: boolean, hasFailed: boolean): number {
  if (!hasFailed) return isBusy ? count + POLLERS_PER_MINUTE : POLLERS_MIN;
  const kept = isBusy ? count : Math.min(count, POLLERS_MIN);
  return Math.max(POLLERS_MIN_AFTER_FAILURES, Math.floor(kept / 2));
}
