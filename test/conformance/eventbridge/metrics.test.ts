// Rule: AWS/Events counts matched events, triggered rules, invocations and attempts by rule, by bus and for the account;
//   invocations that failed and dead letters by rule, when there are any; and PutEvents for the account.
// Source: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html

import { describe, expect, test } from 'vitest';
import {
  createTestBus,
  DEAD_LETTER_ARN,
  HOUR_MS,
  refuse,
  type TestBusOptions,
} from '../../../emulator/eventbridge/create-test-bus.fixture.ts';

const OF_RULE = { EventBusName: 'bus', RuleName: 'rule' };
const OF_BUS = { EventBusName: 'bus' };
const OF_ACCOUNT = {};

async function deliver(options: TestBusOptions = {}, entries: readonly object[] = [{}]) {
  const bus = createTestBus(options);
  for (const entry of entries) await bus.put(entry);
  await bus.clock.runUntil(HOUR_MS);
  return bus;
}

describe('an event that its target takes', () => {
  test.each([
    ['MatchedEvents', [OF_RULE, OF_BUS]],
    ['TriggeredRules', [OF_RULE, OF_BUS, OF_ACCOUNT]],
    ['InvocationsCreated', [OF_ACCOUNT]],
    ['Invocations', [OF_RULE, OF_ACCOUNT]],
    ['InvocationAttempts', [OF_RULE, OF_BUS, OF_ACCOUNT]],
    ['SuccessfulInvocationAttempts', [OF_RULE, OF_BUS, OF_ACCOUNT]],
  ])('counts once as %s', async (metricName, documented) => {
    const { metrics } = await deliver();

    const recorded = metrics.filter((datum) => datum.metricName === metricName);
    expect(recorded.map(({ dimensions }) => dimensions)).toEqual(expect.arrayContaining(documented));
    expect(recorded).toHaveLength(documented.length);
    expect(recorded.every(({ value, namespace }) => value === 1 && namespace === 'AWS/Events')).toBe(true);
  });

  test('shows its latency in milliseconds, from when the bus took it', async () => {
    const { sumOf, calls, metrics } = await deliver();

    const start = sumOf('IngestionToInvocationStartLatency', OF_RULE);
    const success = sumOf('IngestionToInvocationSuccessLatency', OF_RULE);
    const ingestedMs = metrics.find(({ metricName }) => metricName === 'MatchedEvents')?.timeMs ?? 0;
    expect(start).toBeGreaterThan(0);
    expect(success).toBeGreaterThan(start);
    expect(success).toBeCloseTo((calls[0]?.timeMs ?? 0) - ingestedMs, 6);
    expect(sumOf('IngestionToInvocationCompleteLatency', OF_RULE)).toBe(success);
  });

  test.each(['FailedInvocations', 'RetryInvocationAttempts', 'InvocationsSentToDlq', 'ThrottledRules'])(
    'does not show as %s, which is never zero',
    async (name) => {
      const { metrics } = await deliver();

      expect(metrics.filter(({ metricName }) => metricName === name)).toEqual([]);
    },
  );
});

describe('an event that its target refuses', () => {
  test('counts as an invocation only when it has failed for good', async () => {
    const { sumOf } = await deliver({
      answer: () => refuse(500),
      target: { RetryPolicy: { MaximumRetryAttempts: 2 } },
    });

    expect({
      attempts: sumOf('InvocationAttempts'),
      retries: sumOf('RetryInvocationAttempts'),
      successes: sumOf('SuccessfulInvocationAttempts'),
      invocations: sumOf('Invocations'),
      failed: sumOf('FailedInvocations'),
    }).toEqual({ attempts: 3, retries: 2, successes: 0, invocations: 1, failed: 1 });
  });

  test('counts as a dead letter, by rule', async () => {
    const { sumOf } = await deliver({
      answer: () => refuse(403),
      target: { DeadLetterConfig: { Arn: DEAD_LETTER_ARN } },
    });

    expect([sumOf('InvocationsSentToDlq'), sumOf('InvocationsSentToDlq', OF_ACCOUNT)]).toEqual([1, 0]);
  });
});

describe('metrics', () => {
  test('of rules on the default bus have only the name of the rule', async () => {
    const { sumOf } = await deliver({ busName: 'default' });

    expect(sumOf('Invocations', { RuleName: 'rule' })).toBe(1);
  });

  test('show nothing of an event that no rule matches', async () => {
    const { metrics } = await deliver({}, [{ Source: 'other' }]);

    expect(metrics.filter(({ metricName }) => !metricName.startsWith('PutEvents'))).toEqual([]);
  });

  test('show calls of PutEvents, their entries and their bytes', async () => {
    const { sumOf } = await deliver({}, [{}, { Detail: '[' }]);

    expect({
      calls: sumOf('PutEventsApproximateCallCount', OF_ACCOUNT),
      successes: sumOf('PutEventsApproximateSuccessCount', OF_ACCOUNT),
      entries: sumOf('PutEventsEntriesCount', OF_ACCOUNT),
      failedEntries: sumOf('PutEventsFailedEntriesCount', OF_ACCOUNT),
      bytes: sumOf('PutEventsRequestSize', OF_ACCOUNT),
    }).toEqual({ calls: 2, successes: 2, entries: 2, failedEntries: 1, bytes: 19 });
  });
});
