// What could not be delivered goes to the target's dead-letter queue, with the reason in its attributes.
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

import { AwsError } from '../kernel/errors.ts';
import type { World } from '../kernel/world.ts';
import type { DeliveryError } from './delivery-error.ts';
import type { BusEvent, Rule } from './rule.ts';
import { computeQueueUrl, createCaller } from './target-call.ts';

export interface DeadLetter {
  readonly queueArn: string;
  readonly rule: Rule;
  readonly targetArn: string;
  /** As the bus took it, whatever the target was to get of it. */
  readonly event: BusEvent;
  readonly error: DeliveryError;
  /** After the first attempt. */
  readonly retries: number;
  /** What ended the retries of an error that allows them. */
  readonly exhausted: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds' | undefined;
}

/** One attempt: a queue that refuses it loses the event. Whether AWS tries again is not documented. */
export async function sendDeadLetter(world: World, letter: DeadLetter): Promise<void> {
  const { rule } = letter;
  try {
    await world.gateway.call({
      service: 'sqs',
      operation: 'SendMessage',
      caller: createCaller(rule, undefined),
      input: {
        QueueUrl: computeQueueUrl(letter.queueArn, world),
        MessageBody: JSON.stringify(letter.event),
        MessageAttributes: renderAttributes(letter),
      },
    });
    rule.metrics.countOfRule('InvocationsSentToDlq');
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    rule.metrics.countOfRule('InvocationsFailedToBeSentToDlq');
  }
}

function renderAttributes({ rule, targetArn, error, retries, exhausted }: DeadLetter): object {
  const values = {
    RULE_ARN: rule.arn,
    TARGET_ARN: targetArn,
    ERROR_CODE: error.code,
    ERROR_MESSAGE: error.message,
    RETRY_ATTEMPTS: String(retries),
    ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
}
