import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { assertReceiptHandle, queueUrlField, receiptHandleField } from './input-fields.ts';
import { createMissingParameter } from './sqs-errors.ts';
import { parseVisibilityTimeout } from './visibility-timeout.ts';

export function changeMessageVisibility(state: SqsState): Operation {
  return defineOperation({
    name: 'ChangeMessageVisibility',
    input: z.strictObject({
      QueueUrl: queueUrlField,
      ReceiptHandle: receiptHandleField,
      VisibilityTimeout: z.int().optional(),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:ChangeMessageVisibility', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, ReceiptHandle, VisibilityTimeout }) {
      const queue = state.findQueue(QueueUrl);
      assertReceiptHandle(ReceiptHandle);
      if (VisibilityTimeout === undefined) throw createMissingParameter('VisibilityTimeout');
      queue.changeVisibility(ReceiptHandle, parseVisibilityTimeout(VisibilityTimeout));
      state.bill(queue, 'ChangeMessageVisibility', 0);
      return {};
    },
  });
}
