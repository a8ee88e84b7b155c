// A received message as a record of the event: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html

import { z } from 'zod';

const attributeSchema = z.object({
  DataType: z.string(),
  StringValue: z.string().optional(),
  /** Base64. */
  BinaryValue: z.string().optional(),
});

const messageSchema = z.object({
  MessageId: z.string(),
  ReceiptHandle: z.string(),
  Body: z.string(),
  MD5OfBody: z.string(),
  /** Of a FIFO queue's message also MessageGroupId, MessageDeduplicationId and SequenceNumber. */
  Attributes: z.record(z.string(), z.string()).default({}),
  MessageAttributes: z.record(z.string(), attributeSchema).default({}),
  MD5OfMessageAttributes: z.string().optional(),
});

export type Message = z.output<typeof messageSchema>;

/** What ReceiveMessage answers. */
export const receiveSchema = z.object({ Messages: z.array(messageSchema).default([]) });

export function renderSqsRecord(message: Message, source: { readonly arn: string; readonly region: string }): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: renderAttributes(message.MessageAttributes),
    md5OfMessageAttributes: message.MD5OfMessageAttributes ?? null,
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: source.arn,
    awsRegion: source.region,
  };
}

function renderAttributes(attributes: Message['MessageAttributes']): object {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue, BinaryValue }]) => [
      name,
      {
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
        dataType: DataType,
      },
    ]),
  );
}
