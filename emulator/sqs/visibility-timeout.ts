// The visibility timeout as a parameter of a call.

import { createInvalidValue } from './sqs-errors.ts';

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html */
const VISIBILITY_TIMEOUT_SECONDS_MAX = 43_200;
export const VISIBILITY_TIMEOUT_MS_MAX = VISIBILITY_TIMEOUT_SECONDS_MAX * 1000;

/** In milliseconds. @throws {AwsError} `InvalidParameterValueException`. */
export function parseVisibilityTimeout(seconds: number): number {
  if (seconds >= 0 && seconds <= VISIBILITY_TIMEOUT_SECONDS_MAX) return seconds * 1000;
  const reason = `Must be between 0 and ${VISIBILITY_TIMEOUT_SECONDS_MAX}, if provided.`;
  throw createInvalidValue(seconds, 'VisibilityTimeout', reason);
}
