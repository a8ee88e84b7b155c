import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';

export function listQueueTags(state: SqsState): Operation {
  return defineOperation({
    name: 'ListQueueTags',
    input: z.strictObject({ QueueUrl: queueUrlField }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:ListQueueTags', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl }) {
      const { queue, tags } = state.findRecord(QueueUrl);
      state.bill(queue, 'ListQueueTags', 0);
      return Object.keys(tags).length > 0 ? { Tags: tags } : {};
    },
  });
}
