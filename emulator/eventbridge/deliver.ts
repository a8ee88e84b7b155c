// Delivery of one event to one target: asynchronous, tried again with growing pauses.

import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import { type BusEvent, count, type Rule, type Target } from './create-eventbridge-service.ts';

const BACKOFF_MS_MIN = 1000;
const BACKOFF_MS_MAX = 600_000;

/** Resolves when the target has taken the event, or when nobody will try any more. */
export async function deliver(world: World, rule: Rule, target: Target, event: BusEvent): Promise<void> {
  const { clock, gateway } = world;
  const { maximumRetryAttempts, maximumEventAgeSeconds } = target.retryPolicy;
  const acceptedMs = clock.now();
  await clock.sleep(world.sampleLatencyMs('hop.eventbridge-to-lambda'));
  let backoffMs = BACKOFF_MS_MIN;
  for (let attempt = 0; attempt <= maximumRetryAttempts; attempt++) {
    try {
      await gateway.call({
        service: 'lambda',
        operation: 'Invoke',
        caller: { kind: 'service', service: 'events.amazonaws.com', sourceArn: rule.arn },
        input: {
          FunctionName: target.functionArn,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify(event)),
        },
      });
      count(world, rule, 'Invocations');
      return;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      if (!isRetried(error) || clock.now() - acceptedMs + backoffMs > maximumEventAgeSeconds * 1000) break;
      await clock.sleep(backoffMs);
      backoffMs = Math.min(BACKOFF_MS_MAX, backoffMs * 2);
    }
  }
  count(world, rule, 'FailedInvocations');
}

/** Throttling and faults of the target pass; a refusal does not. */
function isRetried({ status }: AwsError): boolean {
  return status === 429 || status >= 500;
}
