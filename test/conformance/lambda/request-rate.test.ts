// Rule: synchronous requests come at most ten times a second for each unit of concurrency; asynchronous ones have no such limit.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, START_MS } from '../../../emulator/lambda/create-lambda.fixture.ts';

describe('a function with a reserved concurrency of 1', () => {
  const countStarted = async (input: object) => {
    const { start, world, pass, invocations } = deploy('exports.handler = async () => 1;', { reservedConcurrency: 1 });
    for (let index = 0; index < 30; index++) {
      await world.clock.runUntilSettled(start({}, input)).catch(() => undefined);
    }
    await pass(1);
    return { started: invocations.length, seconds: (world.clock.now() - START_MS) / 1000 };
  };

  test('takes ten synchronous requests at once, and ten more a second', async () => {
    const { started, seconds } = await countStarted({});

    expect(started).toBeLessThan(30);
    expect(started).toBeGreaterThanOrEqual(10);
    expect(started).toBeLessThanOrEqual(Math.ceil(10 + 10 * seconds));
  });
});
