// Rule: an event that its target does not take goes to the target's dead-letter queue, with the reason in its attributes.
// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html

import { describe, expect, test } from 'vitest';
import {
  createTestBus,
  DEAD_LETTER_ARN,
  FUNCTION_ARN,
  HOUR_MS,
  refuse,
} from '../../../emulator/eventbridge/create-test-bus.fixture.ts';

describe('what a target does not take', () => {
  test('goes to its dead-letter queue, with the event as the bus took it and the reason', async () => {
    const bus = createTestBus({
      answer: () => refuse(404, 'ResourceNotFoundException'),
      target: { DeadLetterConfig: { Arn: DEAD_LETTER_ARN }, InputPath: '$.detail' },
    });

    await bus.put({ Detail: '{"a":1}' });
    await bus.clock.runUntil(HOUR_MS);

    const [letter] = bus.deadLetters;
    expect(bus.deadLetters).toHaveLength(1);
    expect(letter?.caller).toEqual({
      kind: 'service',
      service: 'events.amazonaws.com',
      sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/bus/rule',
    });
    expect(JSON.parse(String(letter?.input.MessageBody))).toMatchObject({ source: 'test', detail: { a: 1 } });
    expect(letter?.input.MessageAttributes).toEqual({
      RULE_ARN: { DataType: 'String', StringValue: 'arn:aws:events:us-east-1:000000000000:rule/bus/rule' },
      TARGET_ARN: { DataType: 'String', StringValue: FUNCTION_ARN },
      ERROR_CODE: { DataType: 'String', StringValue: 'NO_RESOURCE' },
      ERROR_MESSAGE: { DataType: 'String', StringValue: 'no' },
      RETRY_ATTEMPTS: { DataType: 'String', StringValue: '0' },
    });
    expect([bus.sumOf('InvocationsSentToDlq'), bus.sumOf('FailedInvocations')]).toEqual([1, 1]);
  });

  test.each([
    ['the last attempt', { MaximumRetryAttempts: 2 }, 'MaximumRetryAttempts', '2'],
    ['the age of the event', { MaximumEventAgeInSeconds: 60 }, 'MaximumEventAgeInSeconds', expect.any(String)],
  ])('tells what ended its retries: %s', async (_what, RetryPolicy, condition, attempts) => {
    const bus = createTestBus({
      answer: () => refuse(500),
      target: { DeadLetterConfig: { Arn: DEAD_LETTER_ARN }, RetryPolicy },
    });

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect(bus.deadLetters[0]?.input.MessageAttributes).toMatchObject({
      ERROR_CODE: { StringValue: 'ERROR_FROM_TARGET' },
      EXHAUSTED_RETRY_CONDITION: { StringValue: condition },
      RETRY_ATTEMPTS: { StringValue: attempts },
    });
  });

  test('is lost when the dead-letter queue does not take it either', async () => {
    const bus = createTestBus({
      answer: () => refuse(400),
      answerDeadLetter: () => refuse(400, 'AccessDeniedException'),
      target: { DeadLetterConfig: { Arn: DEAD_LETTER_ARN } },
    });

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect([bus.sumOf('InvocationsSentToDlq'), bus.sumOf('InvocationsFailedToBeSentToDlq')]).toEqual([0, 1]);
  });
});
