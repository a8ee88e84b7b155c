// Rule: an event is tried again after throttles and faults of its target, with growing pauses and jitter, for 24 hours and 185
//   times or as the target's policy says; what other attempts cannot help is not.
// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html

import { describe, expect, test } from 'vitest';
import { createTestBus, HOUR_MS, refuse } from '../../../emulator/eventbridge/create-test-bus.fixture.ts';

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

  test('that was throttled is tried again, though the status is 400', async () => {
    const bus = createTestBus({
      answer: (earlier) => void (earlier === 0 && refuse(400, 'ProvisionedThroughputExceededException')),
    });

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect(bus.calls).toHaveLength(2);
    expect([bus.sumOf('FailedInvocations'), bus.sumOf('RetryInvocationAttempts')]).toEqual([0, 1]);
  });
});
