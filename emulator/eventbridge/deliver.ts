// Delivery of one event to one target: asynchronous, tried again with growing pauses.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html

import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { sendDeadLetter } from './dead-letter.ts';
import { type DeliveryError, explainDeliveryError } from './delivery-error.ts';
import type { BusEvent, Rule } from './rule.ts';
import type { Target } from './target.ts';

/** Pauses double from the one to the other, less up to half for jitter: 185 of them take most of 24 hours. */
const BACKOFF_MS_MIN = 1000;
const BACKOFF_MS_MAX = 600_000;

export interface Delivery {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
}

interface Attempt extends Delivery {
  /** When the bus took the event, epoch milliseconds. */
  readonly ingestedMs: number;
}

/** Resolves when the target has taken the event, or when nobody will try any more. `random` draws the jitter. */
export async function deliver(world: World, random: Random, delivery: Delivery): Promise<void> {
  const { clock } = world;
  const { rule, target, event } = delivery;
  const { metrics } = rule;
  const attempt = { ...delivery, ingestedMs: clock.now() };
  const giveUpMs = attempt.ingestedMs + target.eventAgeMsMax;
  metrics.countOfAccount('InvocationsCreated');
  await clock.sleep(world.sampleLatencyMs('hop.eventbridge-to-lambda'));
  metrics.recordEverywhere('IngestionToInvocationStartLatency', clock.now() - attempt.ingestedMs);
  let error = await tryToDeliver(world, attempt);
  metrics.recordEverywhere('IngestionToInvocationCompleteLatency', clock.now() - attempt.ingestedMs);
  let backoffMs = BACKOFF_MS_MIN;
  let retries = 0;
  let isTooOld = false;
  while (error?.isRetriable && retries < target.retriesMax) {
    const pauseMs = backoffMs * (1 - random.next() / 2);
    isTooOld = clock.now() + pauseMs > giveUpMs;
    if (isTooOld) break;
    await clock.sleep(pauseMs);
    backoffMs = Math.min(BACKOFF_MS_MAX, backoffMs * 2);
    retries++;
    metrics.recordEverywhere('RetryInvocationAttempts', 1);
    error = await tryToDeliver(world, attempt);
  }
  metrics.countOfRuleAndAccount('Invocations');
  if (!error) return;
  metrics.countOfRule('FailedInvocations');
  const { deadLetterQueueArn, definition } = target;
  if (deadLetterQueueArn === undefined) return;
  const limit = isTooOld ? 'MaximumEventAgeInSeconds' : 'MaximumRetryAttempts';
  await sendDeadLetter(world, {
    queueArn: deadLetterQueueArn,
    rule,
    targetArn: definition.Arn,
    event,
    error,
    retries,
    exhausted: error.isRetriable ? limit : undefined,
  });
}

/** Why the target did not take the event. */
async function tryToDeliver(
  { clock, gateway }: World,
  { rule, target, event, ingestedMs }: Attempt,
): Promise<DeliveryError | undefined> {
  rule.metrics.recordEverywhere('InvocationAttempts', 1);
  try {
    const payload = target.renderInput(event, { ruleArn: rule.arn, ruleName: rule.name, ingestedMs });
    await gateway.call(target.createCall(rule, event, payload));
  } catch (error) {
    const reason = explainDeliveryError(error);
    if (reason) return reason;
    throw error;
  }
  rule.metrics.recordEverywhere('SuccessfulInvocationAttempts', 1);
  rule.metrics.recordEverywhere('IngestionToInvocationSuccessLatency', clock.now() - ingestedMs);
  return undefined;
}
