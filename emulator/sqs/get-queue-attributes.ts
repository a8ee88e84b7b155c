import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { MESSAGE_BYTES_MAX } from './message-body.ts';
import type { Queue } from './queue.ts';

/** Of standard queues, and set by features that are not modelled, or not in this service. */
const UNMODELLED_NAMES: ReadonlySet<string> = new Set([
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'MessageRetentionPeriod',
  'Policy',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'SqsManagedSseEnabled',
]);

/** The counts are exact here; on AWS they settle a minute after the producers stopped. */
export function getQueueAttributes(state: SqsState): Operation {
  return defineOperation({
    name: 'GetQueueAttributes',
    input: z.strictObject({ QueueUrl: z.string(), AttributeNames: z.array(z.string()).default([]) }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:GetQueueAttributes', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, AttributeNames }) {
      const queue = state.findQueue(QueueUrl);
      const attributes = new Map(Object.entries(describeQueue(queue, state.computeArn(QueueUrl))));
      for (const name of AttributeNames) assertAttributeName(name, attributes);
      state.bill(queue, 'GetQueueAttributes', 0);
      const wanted = new Set(AttributeNames);
      const chosen = [...attributes].filter(([name]) => wanted.has('All') || wanted.has(name));
      return wanted.size === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
    },
  });
}

function describeQueue(queue: Queue, arn: string): Record<string, string> {
  const createdSeconds = String(Math.floor(queue.createdMs / 1000));
  return {
    ApproximateNumberOfMessages: String(queue.visibleCount),
    ApproximateNumberOfMessagesDelayed: '0',
    ApproximateNumberOfMessagesNotVisible: String(queue.inFlightCount),
    CreatedTimestamp: createdSeconds,
    DelaySeconds: '0',
    LastModifiedTimestamp: createdSeconds,
    MaximumMessageSize: String(MESSAGE_BYTES_MAX),
    QueueArn: arn,
    ReceiveMessageWaitTimeSeconds: '0',
    VisibilityTimeout: String(queue.props.visibilityTimeoutSeconds),
  };
}

/** @throws {AwsError} `InvalidAttributeName`. @throws {UnsupportedFeatureError} */
function assertAttributeName(name: string, modelled: ReadonlyMap<string, string>): void {
  if (name === 'All' || modelled.has(name)) return;
  if (UNMODELLED_NAMES.has(name)) throw new UnsupportedFeatureError('GetQueueAttributes', `attribute ${name}`);
  throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
}
