// How long a queue hides a message, which must be no less than its function may take.

import { z } from 'zod';
import type { Principal } from '../../kernel/access.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { World } from '../../kernel/world.ts';
import type { LambdaFunction } from '../lambda-function.ts';

const attributesSchema = z.object({ Attributes: z.object({ VisibilityTimeout: z.coerce.number() }) });

export function computeQueueUrl(world: World, queueArn: string): string {
  return `${world.queueOrigin}/${world.accountId}/${queueArn.split(':')[5] ?? ''}`;
}

/** In seconds. @throws {AwsError} as GetQueueAttributes does. */
export async function readVisibilityTimeout(world: World, caller: Principal, queueArn: string): Promise<number> {
  const answer = await world.gateway.call({
    service: 'sqs',
    operation: 'GetQueueAttributes',
    caller,
    input: { QueueUrl: computeQueueUrl(world, queueArn), AttributeNames: ['VisibilityTimeout'] },
  });
  return attributesSchema.parse(answer).Attributes.VisibilityTimeout;
}

/**
 * @throws {AwsError} `InvalidParameterValueException` when a message could come back while its invocation still runs: Lambda
 * makes no such mapping. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export function assertVisibilityTimeout(visibilitySeconds: number, target: LambdaFunction): void {
  const { timeoutSeconds } = target.props;
  if (visibilitySeconds >= timeoutSeconds) return;
  throw new AwsError(
    'InvalidParameterValueException',
    `Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
  );
}
