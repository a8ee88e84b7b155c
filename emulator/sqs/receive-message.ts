import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { SqsState } from './create-sqs-service.ts';
import { queueUrlField } from './input-fields.ts';
import { chooseAttributes, computeAttributesMd5 } from './message-attributes.ts';
import { assertId, renderSequenceNumber } from './parse-message.ts';
import type { Queue, ReceivedMessage, ReceiveOptions } from './queue.ts';
import { createInvalidValue, createUnknownAttribute, createWrongQueueType } from './sqs-errors.ts';
import { parseVisibilityTimeout } from './visibility-timeout.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
const MESSAGES_MAX = 10;
const WAIT_SECONDS_MAX = 20;

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

const inputSchema = z.strictObject({
  QueueUrl: queueUrlField,
  MaxNumberOfMessages: z.int().default(1),
  WaitTimeSeconds: z.int().optional(),
  VisibilityTimeout: z.int().optional(),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  /** The older name of the same. */
  AttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
  ReceiveRequestAttemptId: z.string().optional(),
});

export function receiveMessage(state: SqsState): Operation {
  return defineOperation({
    name: 'ReceiveMessage',
    input: inputSchema,
    needs: ({ QueueUrl }) => [{ action: 'sqs:ReceiveMessage', resource: state.computeArn(QueueUrl) }],
    async handle(input) {
      const queue = state.findQueue(input.QueueUrl);
      const options = parseOptions(queue, input);
      const wanted = parseAttributeNames([...input.MessageSystemAttributeNames, ...input.AttributeNames]);
      queue.countCall('ReceiveMessage');
      const received = await queue.receive(options);
      state.bill(
        queue,
        'ReceiveMessage',
        received.reduce((sum, { message }) => sum + message.content.bytes, 0),
      );
      state.count(queue, 'NumberOfMessagesReceived', received.length);
      state.count(queue, 'NumberOfEmptyReceives', received.length === 0 ? 1 : 0);
      if (received.length === 0) return {};
      return { Messages: received.map((one) => describeMessage(queue, one, wanted, input.MessageAttributeNames)) };
    },
  });
}

/** @throws {AwsError} `InvalidParameterValueException`. */
function parseOptions(queue: Queue, input: z.output<typeof inputSchema>): ReceiveOptions {
  const { MaxNumberOfMessages, WaitTimeSeconds, VisibilityTimeout, ReceiveRequestAttemptId } = input;
  if (MaxNumberOfMessages < 1 || MaxNumberOfMessages > MESSAGES_MAX) {
    const reason = `Must be between 1 and ${MESSAGES_MAX}, if provided.`;
    throw createInvalidValue(MaxNumberOfMessages, 'MaxNumberOfMessages', reason);
  }
  if (WaitTimeSeconds !== undefined && (WaitTimeSeconds < 0 || WaitTimeSeconds > WAIT_SECONDS_MAX)) {
    const reason = `Must be >= 0 and <= ${WAIT_SECONDS_MAX}, if provided.`;
    throw createInvalidValue(WaitTimeSeconds, 'WaitTimeSeconds', reason);
  }
  if (ReceiveRequestAttemptId !== undefined) {
    if (!queue.isFifo) throw createWrongQueueType(ReceiveRequestAttemptId, 'ReceiveRequestAttemptId');
    assertId(ReceiveRequestAttemptId, 'ReceiveRequestAttemptId');
  }
  const { receiveWaitMs, visibilityTimeoutMs } = queue.settings;
  return {
    messagesMax: MaxNumberOfMessages,
    waitMs: WaitTimeSeconds === undefined ? receiveWaitMs : WaitTimeSeconds * 1000,
    visibilityTimeoutMs:
      VisibilityTimeout === undefined ? visibilityTimeoutMs : parseVisibilityTimeout(VisibilityTimeout),
    attemptId: ReceiveRequestAttemptId,
  };
}

/** @throws {AwsError} `InvalidAttributeName`. */
function parseAttributeNames(names: readonly string[]): ReadonlySet<string> {
  const unknown = names.find((name) => !ATTRIBUTE_NAMES.has(name));
  if (unknown !== undefined) throw createUnknownAttribute(unknown);
  return new Set(names);
}

function describeMessage(
  queue: Queue,
  received: ReceivedMessage,
  wanted: ReadonlySet<string>,
  wantedAttributes: readonly string[],
): object {
  const { content, messageId } = received.message;
  const system = wanted.size === 0 ? [] : Object.entries(listSystemAttributes(queue, received));
  const chosenSystem = system.filter(([name, value]) => value !== undefined && (wanted.has('All') || wanted.has(name)));
  const chosen = chooseAttributes(content.attributes, wantedAttributes);
  return {
    MessageId: messageId,
    ReceiptHandle: received.receiptHandle,
    MD5OfBody: content.md5OfBody,
    Body: content.body,
    ...(chosenSystem.length > 0 && { Attributes: Object.fromEntries(chosenSystem) }),
    ...(chosen && { MD5OfMessageAttributes: computeAttributesMd5(chosen), MessageAttributes: chosen }),
  };
}

/** Some are there only when the sender or a dead-letter queue set them. */
function listSystemAttributes(
  queue: Queue,
  { message, receipts }: ReceivedMessage,
): Readonly<Record<string, string | undefined>> {
  const { content } = message;
  return {
    ApproximateReceiveCount: String(receipts.count),
    SentTimestamp: String(message.sentMs),
    SenderId: content.senderId,
    ApproximateFirstReceiveTimestamp: String(receipts.firstMs),
    AWSTraceHeader: content.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
    MessageDeduplicationId: content.deduplicationId,
    MessageGroupId: content.groupId,
    SequenceNumber: queue.isFifo ? renderSequenceNumber(message) : undefined,
  };
}
