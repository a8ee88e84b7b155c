import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { answerEntries, assertBatchEntries } from './batch-entries.ts';
import type { SqsState } from './create-sqs-service.ts';
import { assertReceiptHandle, queueUrlField, receiptHandleField } from './input-fields.ts';
import { parseVisibilityTimeout } from './visibility-timeout.ts';

export function changeMessageVisibilityBatch(state: SqsState): Operation {
  return defineOperation({
    name: 'ChangeMessageVisibilityBatch',
    input: z.strictObject({
      QueueUrl: queueUrlField,
      Entries: z.array(
        z.strictObject({ Id: z.string(), ReceiptHandle: receiptHandleField, VisibilityTimeout: z.int().default(0) }),
      ),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:ChangeMessageVisibility', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, Entries }) {
      const queue = state.findQueue(QueueUrl);
      assertBatchEntries(Entries);
      const answer = answerEntries(Entries, ({ Id, ReceiptHandle, VisibilityTimeout }) => {
        assertReceiptHandle(ReceiptHandle);
        queue.changeVisibility(ReceiptHandle, parseVisibilityTimeout(VisibilityTimeout));
        return { Id };
      });
      state.bill(queue, 'ChangeMessageVisibilityBatch', 0);
      return answer;
    },
  });
}
