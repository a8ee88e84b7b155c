import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import type { ReceivedMessage } from './queue.ts';
import { assertVisibilityTimeout } from './visibility-timeout.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MESSAGES_MAX = 10;
const WAIT_SECONDS_MAX = 20;

/** What a standard queue's message can have. Some are there only when the sender or a dead-letter queue set them. */
const ATTRIBUTE_NAMES: ReadonlySet<string> = new Set([
  'All',
  'ApproximateFirstReceiveTimestamp',
  'ApproximateReceiveCount',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
  'MessageDeduplicationId',
  'MessageGroupId',
  'SenderId',
  'SentTimestamp',
  'SequenceNumber',
]);

export function receiveMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'ReceiveMessage',
    input: z.strictObject({
      QueueUrl: z.string(),
      MaxNumberOfMessages: z.int().default(1),
      WaitTimeSeconds: z.int().default(0),
      VisibilityTimeout: z.int().optional(),
      MessageSystemAttributeNames: z.array(z.string()).default([]),
      /** The older name of the same. */
      AttributeNames: z.array(z.string()).default([]),
    }),
    needs: ({ QueueUrl }) => [{ action: 'sqs:ReceiveMessage', resource: state.computeArn(QueueUrl) }],
    async handle(input) {
      const queue = state.findQueue(input.QueueUrl);
      assertNumbers(input);
      const wanted = parseAttributeNames([...input.MessageSystemAttributeNames, ...input.AttributeNames]);
      const received = await queue.receive({
        messagesMax: input.MaxNumberOfMessages,
        waitSeconds: input.WaitTimeSeconds,
        visibilityTimeoutSeconds: input.VisibilityTimeout ?? queue.props.visibilityTimeoutSeconds,
      });
      state.bill(
        queue,
        'ReceiveMessage',
        received.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0),
      );
      state.count(queue, 'NumberOfMessagesReceived', received.length);
      state.count(queue, 'NumberOfEmptyReceives', received.length === 0 ? 1 : 0);
      if (received.length === 0) return {};
      return { Messages: received.map((message) => describeMessage(message, wanted)) };
    },
  });
}

function assertNumbers(input: {
  MaxNumberOfMessages: number;
  WaitTimeSeconds: number;
  VisibilityTimeout?: number | undefined;
}): void {
  const { MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout } = input;
  if (MaxNumberOfMessages < 1 || MaxNumberOfMessages > MESSAGES_MAX) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${MaxNumberOfMessages} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and ${MESSAGES_MAX}, if provided.`,
    );
  }
  if (WaitTimeSeconds < 0 || WaitTimeSeconds > WAIT_SECONDS_MAX) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ${WaitTimeSeconds} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= ${WAIT_SECONDS_MAX}, if provided.`,
    );
  }
  if (VisibilityTimeout !== undefined) assertVisibilityTimeout(VisibilityTimeout);
}

function parseAttributeNames(names: readonly string[]): ReadonlySet<string> {
  const unknown = names.find((name) => !ATTRIBUTE_NAMES.has(name));
  if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  return new Set(names);
}

function describeMessage(message: ReceivedMessage, wanted: ReadonlySet<string>): object {
  const attributes = {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentMs),
    SenderId: message.senderId,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedMs),
  };
  const chosen = Object.entries(attributes).filter(([name]) => wanted.has('All') || wanted.has(name));
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(chosen.length > 0 && { Attributes: Object.fromEntries(chosen) }),
  };
}
