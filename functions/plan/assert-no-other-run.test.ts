import { SFNClient } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import { answerRequests } from '../answered-clients.fixture.ts';
import { assertNoOtherRun, RunInProgressError } from './assert-no-other-run.ts';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:showdown';
const EXECUTION = 'arn:aws:states:us-east-1:000000000000:execution:showdown';

function createMachine(running: readonly string[]) {
  const executions = running.map((name) => ({
    executionArn: `${EXECUTION}:${name}`,
    stateMachineArn: MACHINE,
    name,
    status: 'RUNNING',
    startDate: 1_800_000_000,
  }));
  const { requests, config } = answerRequests(() => ({ body: { executions } }));
  return {
    requests,
    assert: () => assertNoOtherRun(new SFNClient(config), { id: `${EXECUTION}:mine`, stateMachineId: MACHINE }),
  };
}

describe('assertNoOtherRun', () => {
  test('is content when only the run itself is going on', async () => {
    const machine = createMachine(['mine']);

    await machine.assert();

    expect(JSON.parse(machine.requests[0]?.body ?? '')).toMatchObject({
      stateMachineArn: MACHINE,
      statusFilter: 'RUNNING',
    });
  });

  test('names the other run, and since when it has been going on', async () => {
    const act = createMachine(['mine', 'yours']).assert;

    await expect(act()).rejects.toThrow(RunInProgressError);
    await expect(act()).rejects.toThrow(
      'run yours has been going on since 2027-01-15T08:00:00.000Z; wait for its end, or stop it',
    );
  });
});
