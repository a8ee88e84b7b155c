// Rule: an asynchronous event that fails is tried twice more, after one and two minutes; one that is throttled for up to six hours; a
//   function with a reserved concurrency of 0 drops its events.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, START_MS, sleepFor } from '../../../emulator/lambda/create-lambda.fixture.ts';

describe('an asynchronous invocation', () => {
  const Event = { InvocationType: 'Event' };
  const startedAfterMs = (records: readonly { startMs: number }[]) =>
    records.map(({ startMs }) => Math.round((startMs - START_MS) / 1000));

  test('is answered before it runs', async () => {
    const { start, world, pass, invocations } = deploy(sleepFor(1000));

    const accepted = await world.clock.runUntilSettled(start({}, Event));
    const before = invocations.length;
    await pass(10_000);

    expect(accepted).toMatchObject({ StatusCode: 202 });
    expect([before, invocations.length]).toEqual([0, 1]);
  });

  test('that fails is tried again after one minute and after two more, by the same request', async () => {
    const { start, pass, invocations, valuesOf } = deploy('exports.handler = async () => { throw new Error("no"); };');

    start({}, Event);
    await pass(600_000);

    expect(startedAfterMs(invocations)).toEqual([0, 60, 180]);
    expect(new Set(invocations.map(({ requestId }) => requestId)).size).toBe(1);
    expect(valuesOf('AsyncEventsDropped')).toEqual([1]);
  });

  test('that is throttled waits, longer each time', async () => {
    const { start, world, pass, invocations, valuesOf } = deploy(sleepFor(5000), { reservedConcurrency: 1 });

    start();
    await pass(1000);
    world.clock.spawn(() => start({}, Event));
    await pass(60_000);

    expect(invocations.map(({ outcome }) => outcome)).toEqual(['succeeded', 'succeeded']);
    expect(valuesOf('Throttles').filter((value) => value === 1).length).toBe(3);
  });

  test('of a function with a reserved concurrency of 0 is dropped without a retry', async () => {
    const { start, pass, invocations, valuesOf } = deploy(sleepFor(1), { reservedConcurrency: 0 });

    start({}, Event);
    await pass(1000);

    expect(invocations).toEqual([]);
    expect(valuesOf('AsyncEventsDropped')).toEqual([1]);
  });

  test('that is throttled for six hours is dropped', async () => {
    const { start, lambda, pass, valuesOf } = deploy(sleepFor(900_000), {
      reservedConcurrency: 1,
      timeoutSeconds: 900,
    });
    lambda.concurrency.acquire({ functionName: 'tested', nowMs: START_MS, isRateLimited: false });

    start({}, Event);
    await pass(5.8 * 3_600_000);
    expect(valuesOf('AsyncEventsDropped')).toEqual([]);
    await pass(0.2 * 3_600_000);

    expect(valuesOf('AsyncEventsDropped')).toEqual([1]);
  });
});
