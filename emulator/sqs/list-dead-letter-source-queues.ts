import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';
import { choosePage } from './page.ts';

export function listDeadLetterSourceQueues(state: SqsState): Operation {
  return defineOperation({
    name: 'ListDeadLetterSourceQueues',
    input: z.strictObject({
      QueueUrl: queueUrlField,
      MaxResults: z.int().optional(),
      NextToken: z.string().optional(),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:ListDeadLetterSourceQueues', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, MaxResults, NextToken }) {
      const target = state.findQueue(QueueUrl);
      const sources = state.queues
        .list()
        .filter(({ queue }) => queue.settings.redrivePolicy?.deadLetterTargetArn === target.arn)
        .map(({ queue }) => queue.name);
      const { page, token } = choosePage(sources, { maxResults: MaxResults, nextToken: NextToken });
      state.bill(target, 'ListDeadLetterSourceQueues', 0);
      // In lower case, unlike the list of `ListQueues`, and never left out.
      return {
        queueUrls: page.map((name) => state.computeUrl(name)),
        ...(token !== undefined && { NextToken: token }),
      };
    },
  });
}
