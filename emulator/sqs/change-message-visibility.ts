import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { parseVisibilityTimeout } from './visibility-timeout.ts';

export function changeMessageVisibility(state: SqsState): Operation {
  return defineOperation({
    name: 'ChangeMessageVisibility',
    input: z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string().min(1), VisibilityTimeout: z.int() }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:ChangeMessageVisibility', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, ReceiptHandle, VisibilityTimeout }) {
      const queue = state.findQueue(QueueUrl);
      queue.changeVisibility(ReceiptHandle, parseVisibilityTimeout(VisibilityTimeout));
      state.bill(queue, 'ChangeMessageVisibility', 0);
      return {};
    },
  });
}
