// Rule: there is no mapping of a queue unless the function's role may receive and delete its messages and read its attributes.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html#events-sqs-permissions

import { expect, test } from 'vitest';
import { AwsError } from '../../../emulator/kernel/errors.ts';
import { assertMayPoll } from '../../../emulator/lambda/event-source-mappings/assert-may-poll.ts';

const CALLER = { kind: 'role', roleArn: 'arn:aws:iam::000000000000:role/r', sessionName: 'f' } as const;
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:queue';
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
const SETTINGS = { functionName: 'f', batchSize: 1, windowSeconds: 0, reportBatchItemFailures: false };
const FAILURES = { onFailureArn: QUEUE_ARN };

/** What a role that lacks one action is told. */
function ask(lacking: string, eventSourceArn: string, settings: object): void {
  const authorize = (_caller: unknown, { action }: { readonly action: string }) => {
    if (action === lacking) throw new AwsError('AccessDenied', `no ${action}`);
  };
  assertMayPoll({ authorize }, CALLER, { ...SETTINGS, eventSourceArn, ...settings });
}

const describeQueueDenial = (name: string) =>
  `The function execution role does not have permissions to call ${name} on SQS`;

test.each([
  ['sqs:ReceiveMessage', QUEUE_ARN, {}, describeQueueDenial('ReceiveMessage')],
  ['sqs:DeleteMessage', QUEUE_ARN, {}, describeQueueDenial('DeleteMessage')],
  ['sqs:GetQueueAttributes', QUEUE_ARN, {}, describeQueueDenial('GetQueueAttributes')],
  ['kinesis:GetRecords', STREAM_ARN, {}, `Cannot access stream ${STREAM_ARN}. Please ensure the role can perform`],
  ['kinesis:ListShards', STREAM_ARN, {}, `Cannot access stream ${STREAM_ARN}. Please ensure the role can perform`],
  ['sqs:SendMessage', STREAM_ARN, FAILURES, describeQueueDenial('SendMessage')],
])('a role without %s cannot poll %s', (lacking, eventSourceArn, settings, message) => {
  expect(() => ask(lacking, eventSourceArn, settings)).toThrow(
    expect.objectContaining({ code: 'InvalidParameterValueException', message: expect.stringContaining(message) }),
  );
});

test.each([
  ['sqs:SendMessage', QUEUE_ARN],
  ['sqs:SendMessage', STREAM_ARN],
  ['sqs:ReceiveMessage', STREAM_ARN],
])('a role without %s may poll %s', (lacking, eventSourceArn) => {
  expect(() => ask(lacking, eventSourceArn, {})).not.toThrow();
});
