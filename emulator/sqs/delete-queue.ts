import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';

/** Removes the queue at once; AWS takes up to a minute. */
export function deleteQueue(state: SqsState): Operation {
  return defineOperation({
    name: 'DeleteQueue',
    input: z.strictObject({ QueueUrl: queueUrlField }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:DeleteQueue', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl }) {
      state.queues.remove(state.findQueue(QueueUrl).name);
      return {};
    },
  });
}
