import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createWorld } from '../kernel/create-world.ts';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation } from '../kernel/operation.ts';
import type { MetricDatum } from '../kernel/world.ts';
import { createEventbridgeService } from './create-eventbridge-service.ts';
import type { RetryPolicy } from './rule.ts';

const HOUR_MS = 3_600_000;

/** A bus whose target answers as `answer` says, which is told the number of earlier attempts. */
function createBus(answer: (earlier: number) => void, retryPolicy: Partial<RetryPolicy> = {}) {
  const metrics: MetricDatum[] = [];
  const world = createWorld({
    seed: 1,
    startMs: 0,
    region: 'us-east-1',
    accountId: '000000000000',
    access: { authorize() {} },
    metrics: () => ({ record: (datum) => void metrics.push(datum) }),
  });
  const attemptsMs: number[] = [];
  const invoke = defineOperation({
    name: 'Invoke',
    input: z.looseObject({}),
    needs: () => [],
    handle() {
      attemptsMs.push(world.clock.now());
      answer(attemptsMs.length - 1);
    },
  });
  const eventbridge = createEventbridgeService(world);
  world.gateway.register({ name: 'lambda', operations: [invoke] });
  world.gateway.register(eventbridge.service);
  eventbridge.createBus('bus');
  const { ruleArn } = eventbridge.putRule({ busName: 'bus', name: 'rule', eventPattern: { source: ['test'] } });
  const arn = 'arn:aws:lambda:us-east-1:000000000000:function:tested';
  eventbridge.putTarget(ruleArn, { id: 'target', arn, retryPolicy });
  const put = () =>
    world.clock.runUntilSettled(
      world.gateway.call({
        service: 'eventbridge',
        operation: 'PutEvents',
        input: { Entries: [{ EventBusName: 'bus', Source: 'test', DetailType: 'made', Detail: '{}' }] },
        caller: { kind: 'root' },
      }),
    );
  return { clock: world.clock, put, attemptsMs, countOf: (name: string) => countMetric(metrics, name) };
}

function countMetric(metrics: readonly MetricDatum[], metricName: string): number {
  return metrics
    .filter((datum) => datum.metricName === metricName)
    .filter(({ dimensions }) => dimensions.EventBusName === 'bus' && dimensions.RuleName === 'rule')
    .reduce((sum, { value }) => sum + value, 0);
}

function refuse(status: number): never {
  throw new AwsError('SomeException', 'no', { status });
}

describe('delivery to a target', () => {
  test.each([429, 500, 503])(
    'that answers with status %i is tried again, with growing pauses and jitter',
    async (status) => {
      const bus = createBus((earlier) => earlier < 6 && refuse(status));

      await bus.put();
      await bus.clock.runUntil(HOUR_MS);

      const pausesMs = bus.attemptsMs.slice(1).map((instantMs, index) => instantMs - (bus.attemptsMs[index] ?? 0));
      expect(pausesMs).toHaveLength(6);
      for (const [index, pauseMs] of pausesMs.entries()) {
        expect(pauseMs).toBeGreaterThanOrEqual(500 * 2 ** index);
        expect(pauseMs).toBeLessThan(1000 * 2 ** index + 100);
      }
      expect(pausesMs.some((pauseMs, index) => pauseMs < 900 * 2 ** index)).toBe(true);
      expect([bus.countOf('MatchedEvents'), bus.countOf('Invocations'), bus.countOf('FailedInvocations')]).toEqual([
        1, 1, 0,
      ]);
    },
  );

  test.each([400, 403, 404, 413])('that refuses with status %i is not tried again', async (status) => {
    const bus = createBus(() => refuse(status));

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect(bus.attemptsMs).toHaveLength(1);
    expect([bus.countOf('Invocations'), bus.countOf('FailedInvocations')]).toEqual([1, 1]);
  });

  test('ends after 185 retries or 24 hours, whichever comes first', async () => {
    const bus = createBus(() => refuse(500));

    await bus.put();
    await bus.clock.runUntil(48 * HOUR_MS);

    expect(bus.attemptsMs.length).toBeLessThanOrEqual(186);
    expect(bus.attemptsMs.length).toBeGreaterThan(150);
    expect(bus.attemptsMs.at(-1)).toBeLessThan(24 * HOUR_MS);
    expect(bus.countOf('FailedInvocations')).toBe(1);
  });

  test.each([
    ['two retries', { maximumRetryAttempts: 2 }, 3],
    ['no retry', { maximumRetryAttempts: 0 }, 1],
  ])('ends after %s when its policy says so', async (_what, policy, attempts) => {
    const bus = createBus(() => refuse(500), policy);

    await bus.put();
    await bus.clock.runUntil(48 * HOUR_MS);

    expect(bus.attemptsMs).toHaveLength(attempts);
  });

  test('ends when the event is too old for its policy', async () => {
    const bus = createBus(() => refuse(500), { maximumEventAgeSeconds: 60 });

    await bus.put();
    await bus.clock.runUntil(HOUR_MS);

    expect(bus.attemptsMs.length).toBeGreaterThan(3);
    expect(bus.attemptsMs.at(-1)).toBeLessThan(61_000);
  });

  test('lets a fault of the emulator itself through', async () => {
    const bus = createBus(() => {
      throw new TypeError('a mistake');
    });

    await bus.put();

    await expect(bus.clock.runUntilSettled(bus.clock.sleep(HOUR_MS))).rejects.toThrow('a mistake');
  });
});
