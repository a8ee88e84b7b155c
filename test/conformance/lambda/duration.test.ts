// Rule: an invocation lasts as long as what it waits for, and its computing is the faster the more memory, as far as one vCPU.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, sleepFor } from '../../../emulator/lambda/create-lambda.fixture.ts';

const SUCCEED = 'exports.handler = async () => 1;';

describe('an invocation', () => {
  test('lasts as long as its timers', async () => {
    const { answer, invocations } = deploy(sleepFor(2000));

    expect(await answer()).toBe('slept');

    expect(invocations[0]?.durationMs).toBeGreaterThanOrEqual(2000);
    expect(invocations[0]?.durationMs).toBeLessThan(2200);
  });

  test('takes less with more memory, as far as one vCPU', async () => {
    const measure = async (memorySizeMb: number) => {
      const { answer, invocations } = deploy(SUCCEED, { memorySizeMb });
      await answer('x'.repeat(1e6));
      return invocations[0]?.durationMs ?? 0;
    };

    const [slow, full, more] = [await measure(177), await measure(1769), await measure(10_240)];

    expect(slow / full).toBeCloseTo(1769 / 177, 3);
    expect(more).toBeCloseTo(full, 3);
  });
});
