// The visibility timeout as a parameter of a call.

import { AwsError } from '../kernel/errors.ts';
import { VISIBILITY_TIMEOUT_SECONDS_MAX } from './queue.ts';

/** @throws {AwsError} `InvalidParameterValue`. */
export function assertVisibilityTimeout(seconds: number): void {
  if (seconds >= 0 && seconds <= VISIBILITY_TIMEOUT_SECONDS_MAX) return;
  throw new AwsError(
    'InvalidParameterValue',
    `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and ${VISIBILITY_TIMEOUT_SECONDS_MAX}, if provided.`,
  );
}
