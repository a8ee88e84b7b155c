import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';
import { addTags } from './tags.ts';

export function tagQueue(state: SqsState): Operation {
  return defineOperation({
    name: 'TagQueue',
    input: z.strictObject({ QueueUrl: queueUrlField, Tags: z.record(z.string(), z.string()) }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:TagQueue', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, Tags }) {
      const record = state.findRecord(QueueUrl);
      record.tags = addTags(record.tags, Tags);
      state.bill(record.queue, 'TagQueue', 0);
      return {};
    },
  });
}
