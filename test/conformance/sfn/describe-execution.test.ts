// Rule: DescribeExecution shows an execution’s input, status, times, and its output or what it failed with.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html

import { describe, expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

const WAIT = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } };
describe('DescribeExecution', () => {
  test('shows an execution while it runs and when it has ended', async () => {
    const { call, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT), name: 'r', input: '[1]' });

    const running = await call('DescribeExecution', { executionArn });
    await finish(String(executionArn));
    const ended = await call('DescribeExecution', { executionArn });

    expect(running).toMatchObject({ status: 'RUNNING', name: 'r', input: '[1]', redriveStatus: 'NOT_REDRIVABLE' });
    expect(running).not.toHaveProperty('stopDate');
    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: '[1]', outputDetails: { included: true } });
    expect(Number(ended.stopDate) - Number(ended.startDate)).toBeCloseTo(100, 0);
  });

  test('of one that never was answers ExecutionDoesNotExist', async () => {
    const { call } = createTestWorld();
    const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:m:x';

    await expect(call('DescribeExecution', { executionArn })).rejects.toMatchObject({ code: 'ExecutionDoesNotExist' });
  });
});

test('a machine’s TimeoutSeconds ends its execution without error or cause', async () => {
  const { run } = createTestWorld();

  const { status, error, cause, types, durationMs } = await run({ ...WAIT, TimeoutSeconds: 30 });

  expect({ status, error, cause, durationMs }).toEqual({
    status: 'TIMED_OUT',
    error: undefined,
    cause: undefined,
    durationMs: 30_000,
  });
  expect(types).toEqual(['ExecutionStarted', 'WaitStateEntered', 'ExecutionTimedOut']);
});
