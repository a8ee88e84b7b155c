import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { assertBatchEntries } from './batch-entries.ts';
import type { SqsState } from './create-sqs-service.ts';

export function deleteMessageBatch(state: SqsState): Operation {
  return defineOperation({
    name: 'DeleteMessageBatch',
    input: z.strictObject({
      QueueUrl: z.string(),
      Entries: z.array(z.strictObject({ Id: z.string(), ReceiptHandle: z.string().min(1) })),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:DeleteMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, Entries }) {
      const queue = state.findQueue(QueueUrl);
      assertBatchEntries(Entries);
      const deleted = Entries.filter(({ ReceiptHandle }) => queue.delete(ReceiptHandle));
      state.count(queue, 'NumberOfMessagesDeleted', deleted.length);
      return { Successful: Entries.map(({ Id }) => ({ Id })) };
    },
  });
}
