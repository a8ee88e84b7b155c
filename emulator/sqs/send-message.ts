import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { assertMessageBody, MESSAGE_BYTES_MAX } from './message-body.ts';

export function sendMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'SendMessage',
    input: z.strictObject({ QueueUrl: z.string(), MessageBody: z.string().default('') }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:SendMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, MessageBody }, { caller }) {
      const queue = state.findQueue(QueueUrl);
      assertMessageBody(MessageBody);
      const bytes = Buffer.byteLength(MessageBody);
      if (bytes > MESSAGE_BYTES_MAX) {
        throw new AwsError(
          'InvalidParameterValue',
          `One or more parameters are invalid. Reason: Message must be shorter than ${MESSAGE_BYTES_MAX} bytes.`,
        );
      }
      const { messageId, md5OfBody } = queue.send(MessageBody, state.computeSenderId(caller));
      state.bill(queue, 'SendMessage', bytes);
      state.count(queue, 'NumberOfMessagesSent', 1);
      return { MessageId: messageId, MD5OfMessageBody: md5OfBody };
    },
  });
}
