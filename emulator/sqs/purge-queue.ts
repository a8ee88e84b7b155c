import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';

/** Empties the queue at once; AWS takes up to a minute. */
export function purgeQueue(state: SqsState): Operation {
  return defineOperation({
    name: 'PurgeQueue',
    input: z.strictObject({ QueueUrl: queueUrlField }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:PurgeQueue', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl }) {
      const queue = state.findQueue(QueueUrl);
      queue.purge();
      state.bill(queue, 'PurgeQueue', 0);
      return {};
    },
  });
}
