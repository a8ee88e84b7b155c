import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';
import { computeMessageBytes, messageFields, sendGiven } from './parse-message.ts';

/** A duplicate is answered as its original was, billed and counted. */
export function sendMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'SendMessage',
    input: z.strictObject({ QueueUrl: queueUrlField, ...messageFields }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:SendMessage', resource: state.computeArn(QueueUrl) }],
    handle(input, { caller }) {
      const queue = state.findQueue(input.QueueUrl);
      queue.countCall('SendMessage', [input.MessageGroupId ?? '']);
      const answer = sendGiven(queue, input, state.computeSenderId(caller));
      state.bill(queue, 'SendMessage', computeMessageBytes(input));
      state.count(queue, 'NumberOfMessagesSent', 1);
      return answer;
    },
  });
}
