// Receipt handles: opaque to callers, one receipt of one message to us.

import { AwsError } from '../kernel/errors.ts';

export interface Receipt {
  readonly messageId: string;
  /** Counts the queue's receipts, so that each handle is another. */
  readonly number: number;
}

export function renderReceiptHandle(queueName: string, { messageId, number }: Receipt): string {
  return Buffer.from(`${queueName} ${messageId} ${number}`).toString('base64');
}

/** @throws {AwsError} `ReceiptHandleIsInvalid`, also for a handle of another queue. */
export function parseReceiptHandle(queueName: string, handle: string): Receipt {
  const [name, messageId, number, ...rest] = Buffer.from(handle, 'base64').toString().split(' ');
  if (name === queueName && messageId && number && /^\d+$/.test(number) && rest.length === 0) {
    return { messageId, number: Number(number) };
  }
  throw new AwsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`);
}
