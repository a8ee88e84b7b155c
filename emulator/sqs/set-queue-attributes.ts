import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';

/** In force at once; AWS takes up to a minute, and up to 15 for the retention period. */
export function setQueueAttributes(state: SqsState): Operation {
  return defineOperation({
    name: 'SetQueueAttributes',
    input: z.strictObject({ QueueUrl: queueUrlField, Attributes: z.record(z.string(), z.string()) }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:SetQueueAttributes', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, Attributes }) {
      const record = state.findRecord(QueueUrl);
      state.queues.changeAttributes(record, Attributes);
      state.bill(record.queue, 'SetQueueAttributes', 0);
      return {};
    },
  });
}
