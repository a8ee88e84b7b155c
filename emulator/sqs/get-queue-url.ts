import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { createNoSuchQueue } from './sqs-errors.ts';

export function getQueueUrl(state: SqsState): Operation {
  return defineOperation({
    name: 'GetQueueUrl',
    input: z.strictObject({ QueueName: z.string().min(1), QueueOwnerAWSAccountId: z.string().optional() }),
    needs: ({ QueueName }) => [{ action: 'sqs:GetQueueUrl', resource: state.computeArnOfName(QueueName) }],
    handle({ QueueName, QueueOwnerAWSAccountId = state.accountId }) {
      if (QueueOwnerAWSAccountId !== state.accountId) throw createNoSuchQueue();
      state.bill(state.queues.find(QueueName).queue, 'GetQueueUrl', 0);
      return { QueueUrl: state.computeUrl(QueueName) };
    },
  });
}
