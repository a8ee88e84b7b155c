import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';

/** With tags it needs `sqs:TagQueue` too. */
export function createQueue(state: SqsState): Operation {
  return defineOperation({
    name: 'CreateQueue',
    input: z.strictObject({
      QueueName: z.string(),
      Attributes: z.record(z.string(), z.string()).default({}),
      /** In lower case, unlike all others. */
      tags: z.record(z.string(), z.string()).optional(),
    }),
    needs({ QueueName, tags }) {
      const resource = state.computeArnOfName(QueueName);
      const actions = ['sqs:CreateQueue', ...(tags ? ['sqs:TagQueue'] : [])];
      return actions.map((action) => ({ action, resource }));
    },
    handle({ QueueName, Attributes, tags }) {
      const { queue } = state.queues.create(QueueName, Attributes, tags);
      state.bill(queue, 'CreateQueue', 0);
      return { QueueUrl: state.computeUrl(QueueName) };
    },
  });
}
