import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { assertReceiptHandle, queueUrlField, receiptHandleField } from './input-fields.ts';

/** Counts as a deletion with any handle of the queue, also when the message has gone before: that is AWS's metric too. */
export function deleteMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'DeleteMessage',
    input: z.strictObject({ QueueUrl: queueUrlField, ReceiptHandle: receiptHandleField }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:DeleteMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, ReceiptHandle }) {
      const queue = state.findQueue(QueueUrl);
      assertReceiptHandle(ReceiptHandle);
      queue.countCall('DeleteMessage');
      queue.delete(ReceiptHandle);
      state.bill(queue, 'DeleteMessage', 0);
      state.count(queue, 'NumberOfMessagesDeleted', 1);
      return {};
    },
  });
}
