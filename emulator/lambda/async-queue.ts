// Asynchronous invocation: accepted at once, run when there is room, retried on errors.

import type { World } from '../kernel/world.ts';
import type { InvocationOutcome, LambdaFunction } from './lambda-function.ts';
import type { LambdaMetrics } from './lambda-metrics.ts';
import { ThrottleError } from './throttle-error.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const ERROR_RETRY_DELAYS_MS = [60_000, 120_000];
const THROTTLE_DELAY_MS_MIN = 1000;
const THROTTLE_DELAY_MS_MAX = 300_000;
const AGE_MS_MAX = 6 * 3_600_000;

export interface AsyncQueueParts {
  readonly world: World;
  readonly metrics: LambdaMetrics;
  readonly run: (target: LambdaFunction, requestId: string, payload: Buffer) => Promise<InvocationOutcome>;
  /** Whether the function will not run at all: its events are dropped without a retry. */
  readonly isStopped: (target: LambdaFunction) => boolean;
}

interface AsyncEvent {
  readonly target: LambdaFunction;
  readonly requestId: string;
  readonly payload: Buffer;
  readonly acceptedMs: number;
}

export class AsyncQueue {
  readonly #parts: AsyncQueueParts;

  constructor(parts: AsyncQueueParts) {
    this.#parts = parts;
  }

  add(target: LambdaFunction, requestId: string, payload: Buffer): void {
    const { clock } = this.#parts.world;
    const acceptedMs = clock.now();
    this.#parts.metrics.count(target.props.name, 'AsyncEventsReceived', 1, acceptedMs);
    clock.spawn(() => this.#deliver({ target, requestId, payload, acceptedMs }));
  }

  async #deliver(event: AsyncEvent): Promise<void> {
    const { clock } = this.#parts.world;
    let throttleDelayMs = THROTTLE_DELAY_MS_MIN;
    for (let errors = 0; errors <= ERROR_RETRY_DELAYS_MS.length; ) {
      const outcome = this.#parts.isStopped(event.target) ? 'stopped' : await this.#tryOnce(event);
      if (outcome === 'done') return;
      if (outcome === 'stopped') break;
      if (outcome === 'throttled') {
        if (clock.now() - event.acceptedMs + throttleDelayMs > AGE_MS_MAX) break;
        await clock.sleep(throttleDelayMs);
        throttleDelayMs = Math.min(THROTTLE_DELAY_MS_MAX, throttleDelayMs * 2);
        continue;
      }
      const delayMs = ERROR_RETRY_DELAYS_MS[errors++];
      if (delayMs === undefined) break;
      await clock.sleep(delayMs);
    }
    this.#parts.metrics.count(event.target.props.name, 'AsyncEventsDropped', 1, clock.now());
  }

  async #tryOnce({ target, requestId, payload, acceptedMs }: AsyncEvent): Promise<'done' | 'failed' | 'throttled'> {
    const startMs = this.#parts.world.clock.now();
    try {
      const { failed } = await this.#parts.run(target, requestId, payload);
      this.#parts.metrics.count(target.props.name, 'AsyncEventAge', startMs - acceptedMs, startMs);
      return failed ? 'failed' : 'done';
    } catch (error) {
      if (error instanceof ThrottleError) return 'throttled';
      throw error;
    }
  }
}
