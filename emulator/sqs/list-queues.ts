import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { choosePage } from './page.ts';

export function listQueues(state: SqsState): Operation {
  return defineOperation({
    name: 'ListQueues',
    input: z.strictObject({
      QueueNamePrefix: z.string().default(''),
      MaxResults: z.int().optional(),
      NextToken: z.string().optional(),
    }),
    needs: () => [{ action: 'sqs:ListQueues', resource: '*' }],
    handle({ QueueNamePrefix, MaxResults, NextToken }) {
      const names = state.queues.list().map(({ queue }) => queue.name);
      const matching = names.filter((name) => name.startsWith(QueueNamePrefix));
      const { page, token } = choosePage(matching, { maxResults: MaxResults, nextToken: NextToken });
      return {
        ...(page.length > 0 && { QueueUrls: page.map((name) => state.computeUrl(name)) }),
        ...(token !== undefined && { NextToken: token }),
      };
    },
  });
}
