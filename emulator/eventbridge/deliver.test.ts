import { describe, expect, test } from 'vitest';
import { createTestBus, DEAD_LETTER_ARN, FUNCTION_ARN, HOUR_MS, refuse } from './create-test-bus.fixture.ts';

describe('delivery to a target', () => {
  test.each([429, 500, 503])(
    'that answers with status %i is tried again, with growing pauses and jitter',
    async (status) => {
      const bus = createTestBus({ answer: (earlier) => void (earlier < 6 && refuse(status)) });

      await bus.put();
      await bus.clock.runUntil(HOUR_MS);

      const pausesMs = bus.calls.slice(1).map(({ timeMs }, index) => timeMs - (bus.calls[index]?.timeMs ?? 0));
      expect(pausesMs).toHaveLength(6);
      for (const [index, pauseMs] of pausesMs.entries()) {
        expect(pauseMs).toBeGreaterThanOrEqual(500 * 2 ** index);
        expect(pauseMs).toBeLessThan(1000 * 2 ** index + 100);
      }
      expect(pausesMs.some((pauseMs, index) => pauseMs < 900 * 2 ** index)).toBe(true);
      expect([bus.sumOf('MatchedEvents'), bus.sumOf('Invocations'), bus.sumOf('FailedInvocations')]).toEqual([1, 1, 0]);
    },
  );

  test.each([400, 403, 404, 413])('that refuses with status %i is not tried again', async (status) => {
    const bus = createTestBus({ answer: () => refuse(status) });

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect(bus.calls).toHaveLength(1);
    expect([bus.sumOf('Invocations'), bus.sumOf('FailedInvocations')]).toEqual([1, 1]);
  });

  test('ends after 185 retries or 24 hours, whichever comes first', async () => {
    const bus = createTestBus({ answer: () => refuse(500) });

    await bus.put();
    await bus.clock.runUntil(48 * HOUR_MS);

    expect(bus.calls.length).toBeLessThanOrEqual(186);
    expect(bus.calls.length).toBeGreaterThan(150);
    expect(bus.calls.at(-1)?.timeMs).toBeLessThan(24 * HOUR_MS);
    expect(bus.sumOf('FailedInvocations')).toBe(1);
  });

  test.each([
    ['two retries', { MaximumRetryAttempts: 2 }, 3],
    ['no retry', { MaximumRetryAttempts: 0 }, 1],
  ])('ends after %s when its policy says so', async (_what, policy, attempts) => {
    const bus = createTestBus({ answer: () => refuse(500), target: { RetryPolicy: policy } });

    await bus.put();
    await bus.clock.runUntil(48 * HOUR_MS);

    expect(bus.calls).toHaveLength(attempts);
  });

  test('ends when the event is too old for its policy', async () => {
    const bus = createTestBus({ answer: () => refuse(500), target: { RetryPolicy: { MaximumEventAgeInSeconds: 60 } } });

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect(bus.calls.length).toBeGreaterThan(3);
    expect(bus.calls.at(-1)?.timeMs).toBeLessThan(61_000);
  });

  test('lets a fault of the emulator itself through', async () => {
    const bus = createTestBus({
      answer: () => {
        throw new TypeError('a mistake');
      },
    });

    await bus.put();

    await expect(bus.clock.runUntilSettled(bus.clock.sleep(HOUR_MS))).rejects.toThrow('a mistake');
  });
});

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

  test('is tried again when a stream was throttled, though the status is 400', async () => {
    const bus = createTestBus({
      answer: (earlier) => void (earlier === 0 && refuse(400, 'ProvisionedThroughputExceededException')),
    });

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect(bus.calls).toHaveLength(2);
    expect([bus.sumOf('FailedInvocations'), bus.sumOf('RetryInvocationAttempts')]).toEqual([0, 1]);
  });
});
