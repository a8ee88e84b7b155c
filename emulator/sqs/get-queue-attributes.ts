import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';

const ATTRIBUTE_NAMES = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'VisibilityTimeout',
  'QueueArn',
] as const;

/** The counts are exact here; on AWS they settle a minute after the producers stopped. */
export function getQueueAttributes(state: SqsState): Operation {
  return defineOperation({
    name: 'GetQueueAttributes',
    input: z.strictObject({
      QueueUrl: z.string(),
      AttributeNames: z.array(z.enum([...ATTRIBUTE_NAMES, 'All'])).default([]),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:GetQueueAttributes', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, AttributeNames }) {
      const queue = state.findQueue(QueueUrl);
      const attributes: Record<(typeof ATTRIBUTE_NAMES)[number], string> = {
        ApproximateNumberOfMessages: String(queue.visibleCount),
        ApproximateNumberOfMessagesNotVisible: String(queue.inFlightCount),
        VisibilityTimeout: String(queue.props.visibilityTimeoutSeconds),
        QueueArn: state.computeArn(QueueUrl),
      };
      const names = AttributeNames.includes('All')
        ? ATTRIBUTE_NAMES
        : ATTRIBUTE_NAMES.filter((name) => AttributeNames.includes(name));
      return { Attributes: Object.fromEntries(names.map((name) => [name, attributes[name]])) };
    },
  });
}
