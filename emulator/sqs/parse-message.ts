// What a message has to be to be sent, alone or in a batch.
// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html

import { hash } from 'node:crypto';
import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import {
  computeAttributesBytes,
  computeAttributesMd5,
  messageAttributesSchema,
  parseMessageAttributes,
  parseTraceHeader,
} from './message-attributes.ts';
import type { Queue, SentMessage } from './queue.ts';
import {
  createInvalidParameter,
  createInvalidValue,
  createMissingParameter,
  createWrongQueueType,
} from './sqs-errors.ts';
import type { MessageContent } from './stored-message.ts';

const DELAY_SECONDS_MAX = 900;
/** FIFO sequence numbers have 20 digits and are not consecutive. */
const SEQUENCE_START = 18_849_496_460_467_696_128n;
const SEQUENCE_STEP = 256n;

/** The characters of XML 1.0, which the service once spoke; lone surrogates are none of them. */
const ALLOWED_CHARACTERS = /^[\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]*$/u;

/** Letters, digits and punctuation, as ids of groups, duplicates and attempts have them. */
const ID_PATTERN = /^[!-~]{1,128}$/;

/** What `SendMessage` and an entry of `SendMessageBatch` have in common. */
export const messageFields = {
  MessageBody: z.string().default(''),
  DelaySeconds: z.int().optional(),
  MessageAttributes: messageAttributesSchema.optional(),
  MessageSystemAttributes: messageAttributesSchema.optional(),
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
};

const messageSchema = z.object(messageFields);
export type GivenMessage = z.output<typeof messageSchema>;

export function computeMessageBytes({ MessageBody, MessageAttributes }: GivenMessage): number {
  return Buffer.byteLength(MessageBody) + computeAttributesBytes(MessageAttributes);
}

/**
 * Sends what was given, and answers as both operations do.
 * @throws {AwsError} for what `parseMessage` refuses.
 */
export function sendGiven(queue: Queue, given: GivenMessage, senderId: string) {
  const { content, delayMs } = parseMessage(queue, given, senderId);
  const sent = queue.send(content, delayMs);
  const { attributes, traceHeader } = content;
  return {
    MessageId: sent.messageId,
    MD5OfMessageBody: content.md5OfBody,
    ...(attributes && { MD5OfMessageAttributes: computeAttributesMd5(attributes) }),
    ...(traceHeader && {
      MD5OfMessageSystemAttributes: computeAttributesMd5({
        AWSTraceHeader: { DataType: 'String', StringValue: traceHeader },
      }),
    }),
    ...(queue.isFifo && { SequenceNumber: renderSequenceNumber(sent) }),
  };
}

/** Grows within a queue, and so within a group. */
export function renderSequenceNumber({ number }: Pick<SentMessage, 'number'>): string {
  return String(SEQUENCE_START + BigInt(number) * SEQUENCE_STEP);
}

/**
 * @throws {AwsError} `MissingRequiredParameterException`, `InvalidMessageContents`, `InvalidParameterValueException`,
 * `UnsupportedOperation`.
 * @throws {UnsupportedFeatureError} for a group in a standard queue: fair queues.
 */
function parseMessage(
  queue: Queue,
  given: GivenMessage,
  senderId: string,
): { content: MessageContent; delayMs: number | undefined } {
  const { MessageBody } = given;
  assertBody(MessageBody);
  const attributes = parseMessageAttributes(given.MessageAttributes);
  const bytes = computeMessageBytes(given);
  const { messageBytesMax } = queue.settings;
  if (bytes > messageBytesMax) {
    throw createInvalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${messageBytesMax} bytes.`,
    );
  }
  const traceHeader = parseTraceHeader(given.MessageSystemAttributes);
  const content = { body: MessageBody, md5OfBody: hash('md5', MessageBody), attributes, traceHeader, bytes, senderId };
  return { content: { ...content, ...parseFifoFields(queue, given) }, delayMs: parseDelay(queue, given.DelaySeconds) };
}

function assertBody(body: string): void {
  if (body === '') throw createMissingParameter('MessageBody');
  if (!ALLOWED_CHARACTERS.test(body)) {
    throw new AwsError(
      'InvalidMessageContents',
      'Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF',
    );
  }
}

/** FIFO queues know only the queue's delay. */
function parseDelay(queue: Queue, seconds: number | undefined): number | undefined {
  if (seconds === undefined) return undefined;
  if (queue.isFifo && seconds !== 0) throw createWrongQueueType(seconds, 'DelaySeconds');
  if (seconds < 0 || seconds > DELAY_SECONDS_MAX) {
    throw createInvalidValue(seconds, 'DelaySeconds', `DelaySeconds must be >= 0 and <= ${DELAY_SECONDS_MAX}.`);
  }
  return queue.isFifo ? undefined : seconds * 1000;
}

function parseFifoFields(queue: Queue, { MessageBody, MessageGroupId, MessageDeduplicationId }: GivenMessage) {
  if (!queue.isFifo) {
    if (MessageGroupId !== undefined) {
      throw new UnsupportedFeatureError(`queue ${queue.name}`, 'MessageGroupId in a standard queue (fair queues)');
    }
    if (MessageDeduplicationId !== undefined)
      throw createWrongQueueType(MessageDeduplicationId, 'MessageDeduplicationId');
    return { groupId: undefined, deduplicationId: undefined };
  }
  if (!MessageGroupId) throw createMissingParameter('MessageGroupId');
  assertId(MessageGroupId, 'MessageGroupId');
  if (MessageDeduplicationId !== undefined) {
    assertId(MessageDeduplicationId, 'MessageDeduplicationId');
    return { groupId: MessageGroupId, deduplicationId: MessageDeduplicationId };
  }
  if (!queue.settings.deduplicatesByContent) {
    throw createInvalidParameter(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    );
  }
  return { groupId: MessageGroupId, deduplicationId: hash('sha256', MessageBody) };
}

/** @throws {AwsError} `InvalidParameterValueException`. */
export function assertId(value: string, parameter: string): void {
  if (ID_PATTERN.test(value)) return;
  const reason = `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
  throw createInvalidValue(value, parameter, reason);
}
