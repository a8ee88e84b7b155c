// Receipt handles: opaque to callers, one receipt of one message to us.

import { AwsError } from '../kernel/errors.ts';

export interface Receipt {
  readonly messageId: string;
  /** Where the queue finds the message. */
  readonly messageNumber: number;
  /** Counts the queue's receipts, so that each handle is another. */
  readonly receiptNumber: number;
}

export function renderReceiptHandle(queueName: string, receipt: Receipt): string {
  const { messageId, messageNumber, receiptNumber } = receipt;
  return Buffer.from(`${queueName} ${messageId} ${messageNumber} ${receiptNumber}`).toString('base64');
}

/** @throws {AwsError} `ReceiptHandleIsInvalid`, also for a handle of another queue. */
export function parseReceiptHandle(queueName: string, handle: string): Receipt {
  const text = Buffer.from(handle, 'base64').toString();
  const parts = /^(?<name>\S+) (?<messageId>\S+) (?<messageNumber>\d+) (?<receiptNumber>\d+)$/.exec(text)?.groups;
  if (parts?.messageId && parts.name === queueName) {
    return {
      messageId: parts.messageId,
      messageNumber: Number(parts.messageNumber),
      receiptNumber: Number(parts.receiptNumber),
    };
  }
  throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`, {
    status: 404,
  });
}
