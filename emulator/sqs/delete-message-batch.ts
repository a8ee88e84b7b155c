import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { answerEntries, assertBatchEntries } from './batch-entries.ts';
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
      const answer = answerEntries(Entries, ({ Id, ReceiptHandle }) => {
        queue.delete(ReceiptHandle);
        return { Id };
      });
      state.bill(queue, 'DeleteMessageBatch', 0);
      state.count(queue, 'NumberOfMessagesDeleted', answer.Successful?.length ?? 0);
      return answer;
    },
  });
}
