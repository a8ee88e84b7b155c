// Rule: ListExecutions gives the executions of a machine or of a Map Run, the newest first, by status and in pages.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html

import { describe, expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

const WAIT = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } };
describe('ListExecutions', () => {
  test('lists the newest first, by status and in pages', async () => {
    const { call, create, finish } = createTestWorld();
    const stateMachineArn = create(WAIT);
    const started = await call('StartExecution', { stateMachineArn, name: 'a' });
    await finish(String(started.executionArn));
    await call('StartExecution', { stateMachineArn, name: 'b' });
    await call('StartExecution', { stateMachineArn, name: 'c' });

    const running = await call('ListExecutions', { stateMachineArn, statusFilter: 'RUNNING' });
    const first = await call('ListExecutions', { stateMachineArn, maxResults: 2 });
    const second = await call('ListExecutions', { stateMachineArn, maxResults: 2, nextToken: first.nextToken });

    expect(running).toMatchObject({ executions: [{ name: 'c' }, { name: 'b' }] });
    expect(first).toMatchObject({ executions: [{ name: 'c' }, { name: 'b' }] });
    expect(second).toMatchObject({ executions: [{ name: 'a', status: 'SUCCEEDED' }] });
    expect(second).not.toHaveProperty('nextToken');
  });

  test('refuses a token that it did not give', async () => {
    const { call, create } = createTestWorld();

    await expect(call('ListExecutions', { stateMachineArn: create(WAIT), nextToken: '!' })).rejects.toMatchObject({
      code: 'InvalidToken',
    });
  });
});
