// Rule: a function gets 1,000 execution environments more every ten seconds.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/scaling-behavior.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, START_MS } from '../../../emulator/lambda/create-lambda.fixture.ts';

describe('concurrency', () => {
  test('grows by 1,000 environments in ten seconds', async () => {
    // Each attempt takes another environment, as none comes to be.
    const { start, world, invocations } = deploy('throw new Error("broken");');
    const wave = () => world.clock.runUntilSettled(Promise.allSettled(Array.from({ length: 500 }, () => start())));

    const outcomes = [...(await wave()), ...(await wave()), ...(await wave())];

    const throttled = outcomes.filter(({ status }) => status === 'rejected').length;
    const passedMs = world.clock.now() - START_MS;
    expect(passedMs).toBeLessThan(2000);
    expect(invocations.length + throttled).toBe(1500);
    expect(invocations.length).toBeGreaterThanOrEqual(1000);
    expect(invocations.length).toBeLessThanOrEqual(1000 + passedMs / 10);
  });
});
