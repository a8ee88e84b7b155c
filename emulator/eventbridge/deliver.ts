// Delivery of one event to one target: asynchronous, tried again with growing pauses.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html

import { AwsError } from '../kernel/errors.ts';
import type { Random } from '../kernel/random.ts';
import type { World } from '../kernel/world.ts';
import { type BusEvent, countForRule, type Rule, type Target } from './rule.ts';

/** Pauses double from the one to the other, less up to half for jitter: 185 of them take most of 24 hours. */
const BACKOFF_MS_MIN = 1000;
const BACKOFF_MS_MAX = 600_000;

export interface Delivery {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
}

/** Resolves when the target has taken the event, or when nobody will try any more. `random` draws the jitter. */
export async function deliver(world: World, random: Random, { rule, target, event }: Delivery): Promise<void> {
  const { clock } = world;
  const { maximumRetryAttempts, maximumEventAgeSeconds } = target.retryPolicy;
  const giveUpMs = clock.now() + maximumEventAgeSeconds * 1000;
  const payload = Buffer.from(JSON.stringify(event));
  await clock.sleep(world.sampleLatencyMs('hop.eventbridge-to-lambda'));
  let backoffMs = BACKOFF_MS_MIN;
  let outcome = await invoke(world, rule, target, payload);
  for (let retries = 0; outcome === 'retriable' && retries < maximumRetryAttempts; retries++) {
    const pauseMs = backoffMs * (1 - random.next() / 2);
    if (clock.now() + pauseMs > giveUpMs) break;
    await clock.sleep(pauseMs);
    backoffMs = Math.min(BACKOFF_MS_MAX, backoffMs * 2);
    outcome = await invoke(world, rule, target, payload);
  }
  countForRule(world, rule, 'Invocations');
  if (outcome !== 'taken') countForRule(world, rule, 'FailedInvocations');
}

/** Throttling and faults of the target pass; a refusal does not. */
async function invoke(
  world: World,
  rule: Rule,
  target: Target,
  payload: Buffer,
): Promise<'taken' | 'retriable' | 'refused'> {
  try {
    await world.gateway.call({
      service: 'lambda',
      operation: 'Invoke',
      caller: { kind: 'service', service: 'events.amazonaws.com', sourceArn: rule.arn },
      input: { FunctionName: target.functionArn, InvocationType: 'Event', Payload: payload },
    });
    return 'taken';
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return error.status === 429 || error.status >= 500 ? 'retriable' : 'refused';
  }
}
