// Rule: Lambda counts each invocation at the instant of its start, by function, by resource and across the account.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, START_MS, sleepFor } from '../../../emulator/lambda/create-lambda.fixture.ts';

describe('an invocation', () => {
  test('is counted at the instant of its start', async () => {
    const { answer, metrics, invocations, pass } = deploy('exports.handler = async () => { throw 1; };');
    await pass(30_000);

    await answer();

    const startMs = invocations[0]?.startMs;
    const dimensions = { FunctionName: 'tested' };
    const namespace = 'AWS/Lambda';
    for (const [metricName, value] of Object.entries({
      Invocations: 1,
      Errors: 1,
      Duration: invocations[0]?.durationMs,
    })) {
      expect(metrics).toContainEqual({
        namespace,
        metricName,
        dimensions,
        value,
        timeMs: startMs,
        unit: expect.any(String),
      });
    }
    expect(startMs).toBeGreaterThan(START_MS + 30_000);
  });

  test('is counted by function, by resource and across the account', async () => {
    const tested = deploy(sleepFor(1000), { reservedConcurrency: 2 });
    tested.createFunction(sleepFor(1000), { name: 'other' });
    const { start, world, valuesOf } = tested;

    await world.clock.runUntilSettled(
      Promise.allSettled([start(), start(), start(), start({}, { FunctionName: 'other' })]),
    );

    for (const dimensions of [{ FunctionName: 'tested' }, { FunctionName: 'tested', Resource: 'tested' }]) {
      expect(valuesOf('Invocations', dimensions)).toEqual([1, 1]);
      expect(Math.max(...valuesOf('ConcurrentExecutions', dimensions))).toBe(2);
      expect(valuesOf('Throttles', dimensions).filter((value) => value === 1)).toEqual([1]);
    }
    expect(valuesOf('Invocations', {})).toEqual([1, 1, 1]);
    expect(Math.max(...valuesOf('ConcurrentExecutions', {}))).toBe(3);
    expect(Math.max(...valuesOf('UnreservedConcurrentExecutions', {}))).toBe(1);
  });
});

describe('an asynchronous event', () => {
  test('is counted as received, by its age at each try, and as dropped', async () => {
    const { start, pass, valuesOf } = deploy('exports.handler = async () => { throw new Error("no"); };');

    start({}, { InvocationType: 'Event' });
    await pass(600_000);

    expect(valuesOf('AsyncEventsReceived')).toEqual([1]);
    expect(valuesOf('AsyncEventAge').map((ageMs) => Math.round(ageMs / 1000))).toEqual([0, 60, 180]);
    expect(valuesOf('AsyncEventsDropped')).toEqual([1]);
  });
});
