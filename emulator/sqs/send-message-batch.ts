import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { answerEntries, assertBatchEntries } from './batch-entries.ts';
import type { SqsState } from './create-sqs-service.ts';
import { assertMessageBody, MESSAGE_BYTES_MAX } from './message-body.ts';

export function sendMessageBatch(state: SqsState): Operation {
  return defineOperation({
    name: 'SendMessageBatch',
    input: z.strictObject({
      QueueUrl: z.string(),
      Entries: z.array(z.strictObject({ Id: z.string(), MessageBody: z.string().default('') })),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:SendMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, Entries }, { caller }) {
      const queue = state.findQueue(QueueUrl);
      assertBatchEntries(Entries);
      const bytes = Entries.reduce((sum, { MessageBody }) => sum + Buffer.byteLength(MessageBody), 0);
      if (bytes > MESSAGE_BYTES_MAX) {
        throw new AwsError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${MESSAGE_BYTES_MAX} bytes. You have sent ${bytes} bytes.`,
        );
      }
      const senderId = state.computeSenderId(caller);
      const answer = answerEntries(Entries, ({ Id, MessageBody }) => {
        assertMessageBody(MessageBody);
        const { messageId, md5OfBody } = queue.send(MessageBody, senderId);
        return { Id, MessageId: messageId, MD5OfMessageBody: md5OfBody };
      });
      state.bill(queue, 'SendMessageBatch', bytes);
      state.count(queue, 'NumberOfMessagesSent', answer.Successful?.length ?? 0);
      return answer;
    },
  });
}
