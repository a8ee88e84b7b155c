import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';

export function getQueueUrl(state: SqsState): Operation {
  return defineOperation({
    name: 'GetQueueUrl',
    input: z.strictObject({ QueueName: z.string().min(1) }),
    needs: ({ QueueName }) => [{ action: 'sqs:GetQueueUrl', resource: state.computeArnOfName(QueueName) }],
    handle({ QueueName }) {
      if (state.findQueueByName(QueueName)) return { QueueUrl: state.computeUrl(QueueName) };
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    },
  });
}
