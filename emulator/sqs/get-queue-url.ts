import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';

export function getQueueUrl(state: SqsState): Operation {
  return defineOperation({
    name: 'GetQueueUrl',
    input: z.strictObject({ QueueName: z.string().min(1) }),
    needs: ({ QueueName }) => [{ action: 'sqs:GetQueueUrl', resource: state.computeArnOfName(QueueName) }],
    handle({ QueueName }) {
      const QueueUrl = state.computeUrl(QueueName);
      state.bill(state.findQueue(QueueUrl), 'GetQueueUrl', 0);
      return { QueueUrl };
    },
  });
}
