// Parameters that many operations take. What a caller leaves out is refused under the codes that SQS has for it, which are
// not those of a malformed request.

import { z } from 'zod';
import { createMissingParameter } from './sqs-errors.ts';

/** Without it the queue is not found: `QueueDoesNotExist`. */
export const queueUrlField = z.string().default('');

export const receiptHandleField = z.string().default('');

/** @throws {AwsError} `MissingRequiredParameterException`. */
export function assertReceiptHandle(receiptHandle: string): void {
  if (receiptHandle === '') throw createMissingParameter('ReceiptHandle');
}
