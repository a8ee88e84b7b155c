// Rule: executions are counted by state machine at their start, and by how they ended at their end, with their time.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html

import { expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../../emulator/create-test-account.fixture.ts';

async function runMachine(definition: object, stopAfterMs?: number) {
  const { services, call, pass } = createTestAccount();
  const { stateMachineArn } = services.sfn.createStateMachine({
    name: 'm',
    definition: JSON.stringify({ QueryLanguage: 'JSONata', ...definition }),
    roleArn: 'arn:aws:iam::000000000000:role/test',
    type: 'STANDARD',
  });
  const { executionArn } = await call('sfn', 'StartExecution', { stateMachineArn });
  if (stopAfterMs !== undefined) {
    await pass(stopAfterMs);
    await call('sfn', 'StopExecution', { executionArn });
  }
  await pass(3_600_000);
  const read = async (MetricName: string) => {
    const { Datapoints } = await call('cloudwatch', 'GetMetricStatistics', {
      Namespace: 'AWS/States',
      MetricName,
      Dimensions: [{ Name: 'StateMachineArn', Value: stateMachineArn }],
      StartTime: START_MS / 1000,
      EndTime: START_MS / 1000 + 3600,
      Period: 3600,
      Statistics: ['Sum'],
    });
    return (Datapoints as { Sum: number }[])[0]?.Sum;
  };
  const names = ['Started', 'Succeeded', 'Failed', 'TimedOut', 'Aborted'];
  const counted: string[] = [];
  for (const name of names) if ((await read(`Executions${name}`)) === 1) counted.push(name);
  return { counted, executionMs: await read('ExecutionTime') };
}

const wait = (Seconds: number) => ({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds, End: true } } });

test.each([
  ['succeeds', wait(90), undefined, 'Succeeded', 90_000],
  ['fails', { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } }, undefined, 'Failed', 0],
  ['takes too long', { ...wait(90), TimeoutSeconds: 30 }, undefined, 'TimedOut', 30_000],
  ['is stopped', wait(90), 20_000, 'Aborted', 20_000],
])('an execution that %s is counted', async (_how, definition, stopAfterMs, metric, executionMs) => {
  const result = await runMachine(definition, stopAfterMs);

  expect(result.counted).toEqual(['Started', metric]);
  expect(result.executionMs).toBeGreaterThanOrEqual(executionMs);
  expect(result.executionMs).toBeLessThan(executionMs + 1000);
});
