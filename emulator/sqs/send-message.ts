import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
export const MESSAGE_BYTES_MAX = 1024 * 1024;

export function sendMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'SendMessage',
    input: z.strictObject({ QueueUrl: z.string(), MessageBody: z.string().min(1) }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:SendMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, MessageBody }) {
      const queue = state.findQueue(QueueUrl);
      if (Buffer.byteLength(MessageBody) > MESSAGE_BYTES_MAX) {
        throw new AwsError(
          'InvalidParameterValue',
          `One or more parameters are invalid. Reason: Message must be shorter than ${MESSAGE_BYTES_MAX} bytes.`,
        );
      }
      const { messageId, md5OfBody } = queue.send(MessageBody);
      state.count(queue, 'NumberOfMessagesSent', 1);
      return { MessageId: messageId, MD5OfMessageBody: md5OfBody };
    },
  });
}
