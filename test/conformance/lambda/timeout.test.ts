// Rule: an invocation ends at the function's timeout, and its environment with it.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy, sleepFor } from '../../../emulator/lambda/create-lambda.fixture.ts';

describe('an invocation', () => {
  test('ends at the timeout', async () => {
    const { answer, invocations } = deploy(sleepFor(5000), { timeoutSeconds: 3 });

    const { errorType, errorMessage } = await answer();

    expect(errorType).toBe('Sandbox.Timedout');
    expect(errorMessage).toMatch(/^RequestId: \S+ Error: Task timed out after 3\.00 seconds$/);
    expect(invocations[0]).toMatchObject({ durationMs: 3000, outcome: 'timed-out', failed: true });
  });

  test('that ended so leaves no environment to the next', async () => {
    const { answer, invocations } = deploy(sleepFor(5000), { timeoutSeconds: 3 });

    await answer();
    await answer();

    expect(invocations.map(({ coldStart }) => coldStart)).toEqual([true, true]);
  });
});
