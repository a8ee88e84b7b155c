// How Lambda says that it does not run an invocation now: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html

import { AwsError } from '../kernel/errors.ts';

export type ThrottleReason =
  | 'CallerRateLimitExceeded'
  | 'ConcurrentInvocationLimitExceeded'
  | 'FunctionInvocationRateLimitExceeded'
  | 'ReservedFunctionConcurrentInvocationLimitExceeded'
  | 'ReservedFunctionInvocationRateLimitExceeded';

/** Thrown when there is no room for an invocation, or it would come too fast. */
export class ThrottleError extends AwsError {
  override name = 'ThrottleError';
  readonly reason: ThrottleReason;

  constructor(reason: ThrottleReason) {
    super('TooManyRequestsException', 'Rate Exceeded.', { status: 429 });
    this.reason = reason;
  }
}
