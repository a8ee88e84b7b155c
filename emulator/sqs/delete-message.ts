import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';

/** Deleting with a handle that is no longer in force succeeds and deletes nothing, as on AWS. */
export function deleteMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'DeleteMessage',
    input: z.strictObject({ QueueUrl: z.string(), ReceiptHandle: z.string().min(1) }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:DeleteMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, ReceiptHandle }) {
      const queue = state.findQueue(QueueUrl);
      if (queue.delete(ReceiptHandle)) state.count(queue, 'NumberOfMessagesDeleted', 1);
      return {};
    },
  });
}
