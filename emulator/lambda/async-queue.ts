// Asynchronous invocation: accepted at once, run when there is room, retried on errors.

import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import type { InvocationOutcome, LambdaFunction } from './lambda-function.ts';

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const ERROR_RETRY_DELAYS_MS = [60_000, 120_000];
const THROTTLE_DELAY_MS_MIN = 1000;
const THROTTLE_DELAY_MS_MAX = 300_000;
const AGE_MS_MAX = 6 * 3_600_000;

type Run = (target: LambdaFunction, requestId: string, payload: Buffer) => Promise<InvocationOutcome>;

export class AsyncQueue {
  readonly #world: World;
  readonly #run: Run;

  constructor(world: World, run: Run) {
    this.#world = world;
    this.#run = run;
  }

  add(target: LambdaFunction, requestId: string, payload: Buffer): void {
    const { name } = target.props;
    const timeMs = this.#world.clock.now();
    this.#world.metrics.record({
      namespace: 'AWS/Lambda',
      metricName: 'AsyncEventsReceived',
      dimensions: { FunctionName: name },
      value: 1,
      timeMs,
    });
    this.#world.clock.spawn(() => this.#deliver(target, requestId, payload, timeMs));
  }

  async #deliver(target: LambdaFunction, requestId: string, payload: Buffer, acceptedMs: number): Promise<void> {
    const { clock } = this.#world;
    let throttleDelayMs = THROTTLE_DELAY_MS_MIN;
    for (let errors = 0; errors <= ERROR_RETRY_DELAYS_MS.length; ) {
      const outcome = await this.#tryOnce(target, requestId, payload);
      if (outcome === 'done') return;
      if (outcome === 'throttled') {
        if (clock.now() - acceptedMs + throttleDelayMs > AGE_MS_MAX) break;
        await clock.sleep(throttleDelayMs);
        throttleDelayMs = Math.min(THROTTLE_DELAY_MS_MAX, throttleDelayMs * 2);
        continue;
      }
      const delayMs = ERROR_RETRY_DELAYS_MS[errors++];
      if (delayMs === undefined) break;
      await clock.sleep(delayMs);
    }
    this.#world.metrics.record({
      namespace: 'AWS/Lambda',
      metricName: 'AsyncEventsDropped',
      dimensions: { FunctionName: target.props.name },
      value: 1,
      timeMs: clock.now(),
    });
  }

  async #tryOnce(target: LambdaFunction, requestId: string, payload: Buffer): Promise<'done' | 'failed' | 'throttled'> {
    try {
      return (await this.#run(target, requestId, payload)).failed ? 'failed' : 'done';
    } catch (error) {
      if (error instanceof AwsError && error.code === 'TooManyRequestsException') return 'throttled';
      throw error;
    }
  }
}
