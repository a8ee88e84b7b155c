// A target, ready for use.

import { AwsError } from '../kernel/errors.ts';
import { type CallPlace, parseTargetCall, type TargetCall } from './target-call.ts';
import type { TargetDefinition } from './target-definition.ts';
import { type InputRenderer, parseTargetInput } from './target-input.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const RETRY_POLICY_DEFAULT = { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 86_400 };

export interface Target {
  /** As it was put. */
  readonly definition: TargetDefinition;
  readonly renderInput: InputRenderer;
  readonly createCall: TargetCall;
  /** After the first attempt. */
  readonly retriesMax: number;
  /** From when the bus took the event. */
  readonly eventAgeMsMax: number;
  /** Takes what cannot be delivered. */
  readonly deadLetterQueueArn: string | undefined;
}

/**
 * @throws {UnsupportedFeatureError} for a kind of target that is not modelled.
 * @throws {AwsError} `ValidationException`.
 */
export function parseTarget(definition: TargetDefinition, place: CallPlace): Target {
  const { Id, RetryPolicy, DeadLetterConfig } = definition;
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = { ...RETRY_POLICY_DEFAULT, ...RetryPolicy };
  const deadLetterQueueArn = DeadLetterConfig?.Arn;
  // "Only standard queues are supported": https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
  if (deadLetterQueueArn !== undefined && !/^arn:aws:sqs:[^:]+:\d{12}:[\w-]+$/.test(deadLetterQueueArn)) {
    throw new AwsError('ValidationException', `DeadLetterConfig of target ${Id} must be the ARN of a standard queue.`);
  }
  return {
    definition,
    renderInput: parseTargetInput(definition),
    createCall: parseTargetCall(definition, place),
    retriesMax: MaximumRetryAttempts ?? RETRY_POLICY_DEFAULT.MaximumRetryAttempts,
    eventAgeMsMax: (MaximumEventAgeInSeconds ?? RETRY_POLICY_DEFAULT.MaximumEventAgeInSeconds) * 1000,
    deadLetterQueueArn,
  };
}
