// Dead-letter queues: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html

import { z } from 'zod';
import type { RedriveAllowPolicy, RedrivePolicy } from './queue-settings.ts';
import { createInvalidValue } from './sqs-errors.ts';

const MAX_RECEIVE_COUNT_MAX = 1000;
const SOURCE_QUEUES_MAX = 10;

const arnSchema = z.string().regex(/^arn:aws:sqs:[a-z0-9-]+:\d{12}:[\w-]+(\.fifo)?$/);

const redriveAllowPolicySchema = z.discriminatedUnion('redrivePermission', [
  z.strictObject({ redrivePermission: z.enum(['allowAll', 'denyAll']) }),
  z.strictObject({
    redrivePermission: z.literal('byQueue'),
    sourceQueueArns: z.array(arnSchema).min(1).max(SOURCE_QUEUES_MAX),
  }),
]);

/** @throws {AwsError} `InvalidParameterValueException`. */
export function parseRedrivePolicy(text: string): RedrivePolicy {
  const refuse = (reason: string) => createInvalidValue(text, 'RedrivePolicy', reason);
  const policy = parseMap(text);
  if (!policy) throw refuse('Redrive policy is not a valid JSON map.');
  for (const name of ['deadLetterTargetArn', 'maxReceiveCount']) {
    if (policy[name] === undefined) throw refuse(`Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  const unknown = Object.keys(policy).find((name) => name !== 'deadLetterTargetArn' && name !== 'maxReceiveCount');
  if (unknown !== undefined) throw refuse(`Redrive policy contains unknown attribute: ${unknown}.`);
  const arn = arnSchema.safeParse(policy.deadLetterTargetArn);
  if (!arn.success) throw refuse('Invalid value for deadLetterTargetArn.');
  const maxReceiveCount = Number(policy.maxReceiveCount);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > MAX_RECEIVE_COUNT_MAX) {
    throw refuse(
      `Invalid value for maxReceiveCount: ${policy.maxReceiveCount}, valid values are from 1 to ${MAX_RECEIVE_COUNT_MAX} both inclusive.`,
    );
  }
  return { deadLetterTargetArn: arn.data, maxReceiveCount };
}

/** @throws {AwsError} `InvalidParameterValueException`. */
export function parseRedriveAllowPolicy(text: string): RedriveAllowPolicy {
  const policy = parseMap(text);
  if (!policy) throw createInvalidValue(text, 'RedriveAllowPolicy', 'Redrive allow policy is not a valid JSON map.');
  const parsed = redriveAllowPolicySchema.safeParse(policy);
  if (parsed.success) return parsed.data;
  const reason =
    'Redrive allow policy needs a redrivePermission of allowAll, denyAll or byQueue, and with byQueue alone 1 to 10 sourceQueueArns.';
  throw createInvalidValue(text, 'RedriveAllowPolicy', reason);
}

/** Whether the dead-letter queue's policy lets the source have it. */
export function allowsSource(policy: RedriveAllowPolicy | undefined, sourceArn: string): boolean {
  if (!policy) return true;
  if (policy.redrivePermission === 'byQueue') return policy.sourceQueueArns.includes(sourceArn);
  return policy.redrivePermission === 'allowAll';
}

function parseMap(text: string): Record<string, unknown> | undefined {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
