// Rule: the branches of a Parallel state run side by side on the same input; the first that fails calls the others
//   off.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html

import { expect, test } from 'vitest';
import { answerFunctionError, createTestWorld } from '../../../emulator/states/create-test-world.ts';
import { distributedMap } from '../../../emulator/states/map-runs/distributed-map.fixture.ts';

const WAIT = (name: string, seconds: number) => ({
  StartAt: name,
  States: { [name]: { Type: 'Wait', Seconds: seconds, Output: `{% '${name} ' & $states.input & $x %}`, End: true } },
});

test('branches run side by side, read outer variables, and give their outputs in order', async () => {
  const { run } = createTestWorld();

  const { output, durationMs, events, types } = await run({
    StartAt: 'Start',
    States: {
      Start: { Type: 'Pass', Assign: { x: '!' }, Next: 'P' },
      P: { Type: 'Parallel', Branches: [WAIT('Slow', 20), WAIT('Fast', 10)], Arguments: 'in', End: true },
    },
  });

  expect(output).toEqual(['Slow in!', 'Fast in!']);
  expect(durationMs).toBeGreaterThanOrEqual(20_000);
  expect(durationMs).toBeLessThan(21_000);
  expect(types.slice(3)).toEqual([
    'ParallelStateEntered',
    'ParallelStateStarted',
    'WaitStateEntered',
    'WaitStateEntered',
    'WaitStateExited',
    'WaitStateExited',
    'ParallelStateSucceeded',
    'ParallelStateExited',
    'ExecutionSucceeded',
  ]);
  expect(events.slice(5, 12).map((event) => event.previousEventId)).toEqual([
    5,
    5,
    expect.any(Number),
    expect.any(Number),
    9,
    9,
    11,
  ]);
});

test('a failing branch calls the others off, and its error is the state’s', async () => {
  const { run } = createTestWorld({
    answers: { 'lambda.Invoke': () => answerFunctionError('Broken', 'x') },
    taskMs: 1000,
  });
  const failing = {
    StartAt: 'T',
    States: {
      T: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' }, End: true },
    },
  };

  const { output, types, durationMs } = await run(
    {
      StartAt: 'P',
      States: {
        P: {
          Type: 'Parallel',
          Assign: { x: 1 },
          Branches: [failing, { StartAt: 'Slow', States: { Slow: { Type: 'Wait', Seconds: 500, End: true } } }],
          Catch: [{ ErrorEquals: ['Broken'], Next: 'Caught' }],
          Next: 'Caught',
        },
        Caught: { Type: 'Succeed' },
      },
    },
    '',
  );

  expect(output).toMatchObject({ Error: 'Broken' });
  expect(durationMs).toBeLessThan(2000);
  expect(types).toEqual([
    'ExecutionStarted',
    'ParallelStateEntered',
    'ParallelStateStarted',
    expect.stringMatching(/StateEntered/),
    expect.any(String),
    expect.any(String),
    expect.any(String),
    'TaskFailed',
    'TaskStateAborted',
    'WaitStateAborted',
    'ParallelStateFailed',
    'ParallelStateExited',
    'SucceedStateEntered',
    'SucceedStateExited',
    'ExecutionSucceeded',
  ]);
});

test('a Distributed Map in a branch that is called off is aborted with its children', async () => {
  const world = createTestWorld();
  const distributed = distributedMap({}, { I: { Type: 'Wait', Seconds: 500, End: true } });
  const failing = {
    StartAt: 'Soon',
    States: { Soon: { Type: 'Wait', Seconds: 5, Next: 'F' }, F: { Type: 'Fail', Error: 'E' } },
  };

  const { events, types } = await world.run(
    { StartAt: 'P', States: { P: { Type: 'Parallel', Branches: [failing, distributed], End: true } } },
    [1],
  );

  expect(types.slice(-4)).toEqual(['MapRunAborted', 'MapStateAborted', 'ParallelStateFailed', 'ExecutionFailed']);
  const mapRunArn = JSON.stringify(events).match(/arn:aws:states:[^"]*:mapRun:[^"\\]*/)?.[0];
  expect(await world.call('ListExecutions', { mapRunArn })).toMatchObject({ executions: [{ status: 'ABORTED' }] });
});
