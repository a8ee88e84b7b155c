// A message as its queue keeps it. A million may wait at once, so what only some need stands apart.

import type { Deadline } from './deadline-heap.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_MessageAttributeValue.html; blobs in base64. */
export interface MessageAttributeValue {
  readonly DataType: string;
  readonly StringValue?: string | undefined;
  readonly BinaryValue?: string | undefined;
}

export type MessageAttributes = Readonly<Record<string, MessageAttributeValue>>;

/** What a sender gives. */
export interface MessageContent {
  readonly body: string;
  readonly md5OfBody: string;
  /** Undefined when there are none. */
  readonly attributes: MessageAttributes | undefined;
  readonly traceHeader: string | undefined;
  /** Body and attributes, as they count for limits and bills. */
  readonly bytes: number;
  /** Who sent it, as the `SenderId` attribute has it. */
  readonly senderId: string;
  /** Of FIFO queues, which have both. */
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** What is known of a message that was received. */
export interface Receipts {
  count: number;
  /** Whole epoch milliseconds. */
  firstMs: number;
  lastMs: number;
  /** The latest receipt: the only one that can delete the message. */
  number: number;
  visibleAgainMs: number;
}

export interface StoredMessage {
  readonly content: MessageContent;
  /** Of the queue's messages, in the order in which it got them. */
  readonly number: number;
  readonly messageId: string;
  /** Whole epoch milliseconds. */
  readonly sentMs: number;
  /** The ARN of the queue that gave it up, in a dead-letter queue. */
  readonly deadLetterSourceArn: string | undefined;
  state: 'delayed' | 'visible' | 'in-flight' | 'gone';
  receipts: Receipts | undefined;
  /** The end of its delay or of its visibility timeout. */
  deadline: Deadline<StoredMessage> | undefined;
}
