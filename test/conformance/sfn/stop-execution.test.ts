// Rule: StopExecution ends an execution where it stands, with the error and cause given.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html

import { describe, expect, test } from 'vitest';
import { createTestWorld, START_MS } from '../../../emulator/states/create-test-world.ts';

const WAIT = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } };
describe('StopExecution', () => {
  test('aborts an execution where it stands', async () => {
    const { call, clock, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT) });
    await clock.runUntil(START_MS + 5000);

    await call('StopExecution', { executionArn, error: 'Enough', cause: 'no more' });
    await clock.runUntil(START_MS + 500_000);

    expect(await finish(String(executionArn))).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'no more',
      types: ['ExecutionStarted', 'WaitStateEntered', 'ExecutionAborted'],
    });
  });

  test('leaves one that has ended as it is', async () => {
    const { call, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT) });
    await finish(String(executionArn));

    await call('StopExecution', { executionArn });

    expect(await call('DescribeExecution', { executionArn })).toMatchObject({ status: 'SUCCEEDED' });
  });
});
