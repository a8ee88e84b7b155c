import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { answerEntries, assertBatchEntries } from './batch-entries.ts';
import type { SqsState } from './create-sqs-service.ts';
import { assertReceiptHandle, queueUrlField, receiptHandleField } from './input-fields.ts';

export function deleteMessageBatch(state: SqsState): Operation {
  return defineOperation({
    name: 'DeleteMessageBatch',
    input: z.strictObject({
      QueueUrl: queueUrlField,
      Entries: z.array(z.strictObject({ Id: z.string(), ReceiptHandle: receiptHandleField })),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:DeleteMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, Entries }) {
      const queue = state.findQueue(QueueUrl);
      assertBatchEntries(Entries);
      queue.countCall('DeleteMessage');
      const answer = answerEntries(Entries, ({ Id, ReceiptHandle }) => {
        assertReceiptHandle(ReceiptHandle);
        queue.delete(ReceiptHandle);
        return { Id };
      });
      state.bill(queue, 'DeleteMessageBatch', 0);
      state.count(queue, 'NumberOfMessagesDeleted', answer.Successful?.length ?? 0);
      return answer;
    },
  });
}
