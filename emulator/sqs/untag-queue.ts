import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';

/** Keys that the queue does not have are no error. */
export function untagQueue(state: SqsState): Operation {
  return defineOperation({
    name: 'UntagQueue',
    input: z.strictObject({ QueueUrl: queueUrlField, TagKeys: z.array(z.string()) }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:UntagQueue', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, TagKeys }) {
      const record = state.findRecord(QueueUrl);
      record.tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !TagKeys.includes(key)));
      state.bill(record.queue, 'UntagQueue', 0);
      return {};
    },
  });
}
