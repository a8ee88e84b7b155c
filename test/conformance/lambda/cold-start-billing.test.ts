// Rule: the initialisation of an environment is billed with its first invocation, in whole milliseconds; after 10 s it begins
//   again within the invocation.
// Source: https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/

import { describe, expect, test } from 'vitest';
import { deployTestFunction as deploy } from '../../../emulator/lambda/create-lambda.fixture.ts';

const SUCCEED = 'exports.handler = async () => 1;';

describe('an invocation', () => {
  test('is a cold start once, and its initialisation is billed', async () => {
    const { answer, invocations } = deploy(SUCCEED);

    await answer();
    await answer();

    const [cold, warm] = invocations;
    expect(cold).toMatchObject({ coldStart: true, outcome: 'succeeded' });
    expect(cold?.initMs).toBeGreaterThan(50);
    expect(cold?.billedMs).toBe(Math.ceil((cold?.initMs ?? 0) + (cold?.durationMs ?? 0)));
    expect(warm).toMatchObject({ coldStart: false, initMs: 0, billedMs: Math.ceil(warm?.durationMs ?? 0) });
  });

  test('takes longer to initialise with more code', async () => {
    const small = deploy(SUCCEED);
    const large = deploy(`${SUCCEED}/*${'x'.repeat(5e6)}*/`);

    await small.answer();
    await large.answer();

    expect(large.invocations[0]?.initMs).toBeGreaterThan((small.invocations[0]?.initMs ?? 0) + 300);
  });

  test('whose initialisation takes more than 10 s has it again, within its timeout', async () => {
    const code = `${SUCCEED}/*${'x'.repeat(90e6)}*/`;
    const slow = deploy(code, { timeoutSeconds: 60 });
    const impatient = deploy(code, { timeoutSeconds: 3 });

    expect(await slow.answer()).toBe(1);
    expect(await impatient.answer()).toMatchObject({ errorType: 'Sandbox.Timedout' });

    expect(slow.invocations[0]).toMatchObject({ initMs: 10_000, coldStart: true, outcome: 'succeeded' });
    expect(slow.invocations[0]?.durationMs).toBeGreaterThan(10_000);
    expect(impatient.invocations[0]).toMatchObject({ initMs: 10_000, durationMs: 3000, billedMs: 13_000 });
  });
});
