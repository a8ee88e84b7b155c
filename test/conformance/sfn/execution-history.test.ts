// Rule: GetExecutionHistory gives an execution’s events in pages, either way round, with or without data.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestWorld, ROLE_ARN } from '../../../emulator/states/create-test-world.ts';

const WAIT = { StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 100, End: true } } };
const eventList = z.array(z.object({ id: z.number(), type: z.string() }).loose());

describe('GetExecutionHistory', () => {
  test('gives pages, either way round, with or without data', async () => {
    const { call, create, finish } = createTestWorld();
    const { executionArn } = await call('StartExecution', { stateMachineArn: create(WAIT) });
    await finish(String(executionArn));

    const first = await call('GetExecutionHistory', { executionArn, maxResults: 3 });
    const last = await call('GetExecutionHistory', { executionArn, maxResults: 3, nextToken: first.nextToken });
    const reverse = await call('GetExecutionHistory', {
      executionArn,
      reverseOrder: true,
      includeExecutionData: false,
    });

    expect(eventList.parse(first.events).map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(eventList.parse(last.events).map(({ id }) => id)).toEqual([4]);
    expect(eventList.parse(reverse.events).map(({ id }) => id)).toEqual([4, 3, 2, 1]);
    expect(eventList.parse(reverse.events)[3]).toMatchObject({ executionStartedEventDetails: { roleArn: ROLE_ARN } });
    expect(JSON.stringify(reverse)).not.toContain('put":');
  });
});

test('a Pass state gives its input on, and the history is as AWS keeps it', async () => {
  const { run } = createTestWorld();

  const { events, output } = await run({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }, { a: 1 });

  expect(output).toEqual({ a: 1 });
  expect(events).toEqual([
    {
      id: 1,
      previousEventId: 0,
      timestamp: expect.any(Number),
      type: 'ExecutionStarted',
      executionStartedEventDetails: {
        input: '{"a":1}',
        inputDetails: { truncated: false },
        roleArn: 'arn:aws:iam::000000000000:role/machine',
      },
    },
    {
      id: 2,
      previousEventId: 0,
      timestamp: expect.any(Number),
      type: 'PassStateEntered',
      stateEnteredEventDetails: { name: 'P', input: '{"a":1}', inputDetails: { truncated: false } },
    },
    {
      id: 3,
      previousEventId: 2,
      timestamp: expect.any(Number),
      type: 'PassStateExited',
      stateExitedEventDetails: { name: 'P', output: '{"a":1}', outputDetails: { truncated: false } },
    },
    {
      id: 4,
      previousEventId: 3,
      timestamp: expect.any(Number),
      type: 'ExecutionSucceeded',
      executionSucceededEventDetails: { output: '{"a":1}', outputDetails: { truncated: false } },
    },
  ]);
});
