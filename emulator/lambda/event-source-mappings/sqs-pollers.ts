// All pollers of one queue, and how many there are: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

import { z } from 'zod';
import type { Timer } from '../../kernel/clock.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaService } from '../lambda-service.ts';
import { type EventSourceMapping, type Pollers, spawnPolling } from './event-source-mappings.ts';
import { SqsPoller, type SqsPollerParts } from './sqs-poller.ts';

/** "Five concurrent batches with five concurrent invocations", which low traffic comes back to. */
const POLLERS_MIN = 5;
/** One poller has one invocation at a time, so these are concurrent invocations too. */
const POLLERS_PER_MINUTE = 300;
const POLLERS_MAX = 1250;
const MINUTE_MS = 60_000;

const attributesSchema = z.object({ Attributes: z.object({ VisibilityTimeout: z.coerce.number() }) });

export function startSqsPollers(world: World, lambda: LambdaService, mapping: EventSourceMapping): Pollers {
  const queueName = mapping.props.eventSourceArn.split(':')[5] ?? '';
  const queueUrl = `${world.queueOrigin}/${world.accountId}/${queueName}`;
  const visibility = Promise.withResolvers<number>();
  // When it fails, whoever runs the clock is told.
  spawnPolling(world, mapping, async () => visibility.resolve(await readVisibilityTimeout(world, mapping, queueUrl)));
  return new SqsPollers({ world, lambda, mapping, queueUrl, visibilityTimeoutMs: visibility.promise });
}

class SqsPollers implements Pollers {
  readonly #parts: SqsPollerParts;
  readonly #pollers: SqsPoller[] = [];
  #review: Timer | undefined;

  constructor(parts: SqsPollerParts) {
    this.#parts = parts;
    this.#resize(POLLERS_MIN);
    this.#scheduleReview();
  }

  onSettings(): void {
    this.#resize(Math.max(POLLERS_MIN, this.#pollers.length));
  }

  stop(): void {
    this.#review?.cancel();
    for (const poller of this.#pollers.splice(0)) poller.stop();
  }

  #scheduleReview(): void {
    this.#review = this.#parts.world.clock.after(MINUTE_MS, () => {
      // All are asked, as each then starts counting anew.
      const busy = this.#pollers.map((poller) => poller.takeBusyness());
      this.#resize(busy.every(Boolean) ? this.#pollers.length + POLLERS_PER_MINUTE : POLLERS_MIN);
      this.#scheduleReview();
    });
  }

  #resize(wanted: number): void {
    const { world, mapping } = this.#parts;
    const count = Math.min(wanted, POLLERS_MAX, mapping.settings.maximumConcurrency ?? POLLERS_MAX);
    while (this.#pollers.length < count) {
      const poller = new SqsPoller(this.#parts);
      this.#pollers.push(poller);
      spawnPolling(world, mapping, () => poller.run());
    }
    for (const poller of this.#pollers.splice(count)) poller.stop();
  }
}

/**
 * In milliseconds.
 * @throws {AwsError} `InvalidParameterValueException` when a message could come back while its invocation still runs: Lambda
 * makes no such mapping. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
async function readVisibilityTimeout(world: World, mapping: EventSourceMapping, queueUrl: string): Promise<number> {
  const answer = await world.gateway.call({
    service: 'sqs',
    operation: 'GetQueueAttributes',
    caller: mapping.caller,
    input: { QueueUrl: queueUrl, AttributeNames: ['VisibilityTimeout'] },
  });
  const visibilitySeconds = attributesSchema.parse(answer).Attributes.VisibilityTimeout;
  const { timeoutSeconds } = mapping.target.props;
  if (visibilitySeconds >= timeoutSeconds) return visibilitySeconds * 1000;
  throw new AwsError(
    'InvalidParameterValueException',
    `Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
  );
}
