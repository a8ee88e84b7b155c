// Rule: 1,000 invocations run at once in an account; what a function has reserved is its limit, and is taken from the others.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-concurrency.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, START_MS, sleepFor } from '../../../emulator/lambda/create-lambda.fixture.ts';

const SUCCEED = 'exports.handler = async () => 1;';

describe('concurrency', () => {
  test('is counted, and environments are used again', async () => {
    const { start, world, valuesOf, invocations } = deploy(sleepFor(1000));

    await world.clock.runUntilSettled(Promise.all([start(), start(), start()]));
    await world.clock.runUntilSettled(start());

    expect(valuesOf('ConcurrentExecutions')).toEqual([1, 2, 3, 1]);
    expect(invocations.filter(({ coldStart }) => coldStart).length).toBe(3);
  });

  test('beyond what is reserved is throttled, and does not count as an invocation', async () => {
    const { start, world, valuesOf } = deploy(sleepFor(1000), { reservedConcurrency: 1 });

    const outcomes = await world.clock.runUntilSettled(Promise.allSettled([start(), start()]));

    expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'TooManyRequestsException', status: 429 },
    });
    expect(valuesOf('Invocations')).toEqual([1]);
    expect(valuesOf('Throttles')).toEqual([1, 0]);
  });

  test('that one function has reserved is taken from the others', async () => {
    const tested = deploy(sleepFor(10_000));
    tested.createFunction(SUCCEED, { name: 'reserving', reservedConcurrency: 900 });

    const outcomes = await tested.world.clock.runUntilSettled(
      Promise.allSettled(Array.from({ length: 101 }, () => tested.start())),
    );
    const reserving = tested.start({}, { FunctionName: 'reserving' });

    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBe(1);
    await expect(tested.world.clock.runUntilSettled(reserving)).resolves.toBeDefined();
  });

  test('must leave 100 to the functions that reserve none', () => {
    const { createFunction } = deploy(SUCCEED);

    expect(() => createFunction(SUCCEED, { name: 'greedy', reservedConcurrency: 901 })).toThrow(
      "decreases account's UnreservedConcurrentExecution below its minimum value of [100]",
    );
  });

  test('of 0 stops a function', async () => {
    const { start, world } = deploy(SUCCEED, { reservedConcurrency: 0 });

    await expect(world.clock.runUntilSettled(start())).rejects.toMatchObject({
      reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    });
  });

  test('may be reserved and given back while the function runs', async () => {
    const { start, world, lambda, invocations } = deploy(sleepFor(10_000));
    const running = [start(), start(), start()];
    await world.clock.runUntil(START_MS + 1000);

    lambda.reserveConcurrency('tested', 2);
    await expect(world.clock.runUntilSettled(start())).rejects.toMatchObject({ code: 'TooManyRequestsException' });
    lambda.concurrency.removeReservation('tested');
    await world.clock.runUntilSettled(Promise.all([...running, start()]));

    expect(invocations.length).toBe(4);
    expect([lambda.concurrency.inUse, lambda.concurrency.unreservedInUse]).toEqual([0, 0]);
  });
});
