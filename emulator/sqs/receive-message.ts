import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import type { ReceivedMessage } from './queue.ts';

export function receiveMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'ReceiveMessage',
    input: z.strictObject({
      QueueUrl: z.string(),
      MaxNumberOfMessages: z.int().min(1).max(10).default(1),
      WaitTimeSeconds: z.int().min(0).max(20).default(0),
      VisibilityTimeout: z.int().min(0).max(43_200).optional(),
      MessageSystemAttributeNames: z.array(z.string()).default([]),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:ReceiveMessage', resource: state.computeArn(QueueUrl) }],
    async handle(input, { caller }) {
      const queue = state.findQueue(input.QueueUrl);
      const received = await queue.receive({
        messagesMax: input.MaxNumberOfMessages,
        waitSeconds: input.WaitTimeSeconds,
        visibilityTimeoutSeconds: input.VisibilityTimeout,
      });
      state.count(queue, 'NumberOfMessagesReceived', received.length);
      state.count(queue, 'NumberOfEmptyReceives', received.length === 0 ? 1 : 0);
      const wanted = new Set(input.MessageSystemAttributeNames);
      const senderId = caller.kind === 'role' ? caller.sessionName : caller.kind;
      if (received.length === 0) return {};
      return { Messages: received.map((message) => describeMessage(message, wanted, senderId)) };
    },
  });
}

function describeMessage({ message, receiptHandle }: ReceivedMessage, wanted: ReadonlySet<string>, senderId: string) {
  const attributes = {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentMs),
    SenderId: senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs),
  };
  const chosen = Object.entries(attributes).filter(([name]) => wanted.has('All') || wanted.has(name));
  return {
    MessageId: message.messageId,
    ReceiptHandle: receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(chosen.length > 0 && { Attributes: Object.fromEntries(chosen) }),
  };
}
