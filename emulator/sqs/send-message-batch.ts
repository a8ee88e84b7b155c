import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { answerEntries, assertBatchEntries } from './batch-entries.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';
import { computeMessageBytes, messageFields, sendGiven } from './parse-message.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const BATCH_BYTES_MAX = 1024 * 1024;

export function sendMessageBatch(state: SqsState): Operation {
  return defineOperation({
    name: 'SendMessageBatch',
    input: z.strictObject({
      QueueUrl: queueUrlField,
      Entries: z.array(z.strictObject({ Id: z.string(), ...messageFields })),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:SendMessage', resource: state.computeArn(QueueUrl) }],
    handle({ QueueUrl, Entries }, { caller }) {
      const queue = state.findQueue(QueueUrl);
      assertBatchEntries(Entries);
      const bytes = Entries.reduce((sum, entry) => sum + computeMessageBytes(entry), 0);
      if (bytes > BATCH_BYTES_MAX) {
        throw new AwsError(
          'BatchRequestTooLong',
          `Batch requests cannot be longer than ${BATCH_BYTES_MAX} bytes. You have sent ${bytes} bytes.`,
        );
      }
      queue.countCall(
        'SendMessage',
        Entries.map(({ MessageGroupId = '' }) => MessageGroupId),
      );
      const senderId = state.computeSenderId(caller);
      const answer = answerEntries(Entries, (entry) => ({
        Id: entry.Id,
        ...sendGiven(queue, entry, senderId),
      }));
      state.bill(queue, 'SendMessageBatch', bytes);
      state.count(queue, 'NumberOfMessagesSent', answer.Successful?.length ?? 0);
      return answer;
    },
  });
}
