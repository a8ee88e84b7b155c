import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';
import type { QueueRecord } from './queue-registry.ts';
import { createUnknownAttribute } from './sqs-errors.ts';

/** Those that a queue has only when somebody set them. */
const OPTIONAL_NAMES: ReadonlySet<string> = new Set([
  'KmsDataKeyReusePeriodSeconds',
  'KmsMasterKeyId',
  'Policy',
  'RedriveAllowPolicy',
  'RedrivePolicy',
]);

/** The counts are exact here; on AWS they settle a minute after the producers stopped. */
export function getQueueAttributes(state: SqsState): Operation {
  return defineOperation({
    name: 'GetQueueAttributes',
    input: z.strictObject({ QueueUrl: queueUrlField, AttributeNames: z.array(z.string()).default([]) }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:GetQueueAttributes', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, AttributeNames }) {
      const record = state.findRecord(QueueUrl);
      const attributes = describeQueue(record);
      for (const name of AttributeNames) assertAttributeName(name, attributes);
      state.bill(record.queue, 'GetQueueAttributes', 0);
      const wanted = new Set(AttributeNames);
      const chosen = Object.entries(attributes).filter(([name]) => wanted.has('All') || wanted.has(name));
      return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
    },
  });
}

function describeQueue({ queue, attributes, policy }: QueueRecord): Record<string, string> {
  const set = Object.entries(attributes).filter(([, value]) => value !== '');
  return {
    ...Object.fromEntries(set),
    ...(policy !== undefined && { Policy: policy }),
    ApproximateNumberOfMessages: String(queue.visibleCount),
    ApproximateNumberOfMessagesDelayed: String(queue.delayedCount),
    ApproximateNumberOfMessagesNotVisible: String(queue.inFlightCount),
    CreatedTimestamp: String(Math.floor(queue.createdMs / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.changedMs / 1000)),
    QueueArn: queue.arn,
  };
}

/** @throws {AwsError} `InvalidAttributeName`, also for an attribute of FIFO queues that a standard queue is asked for. */
function assertAttributeName(name: string, attributes: Readonly<Record<string, string>>): void {
  if (name === 'All' || Object.hasOwn(attributes, name) || OPTIONAL_NAMES.has(name)) return;
  throw createUnknownAttribute(name);
}
