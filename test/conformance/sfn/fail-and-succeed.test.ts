// Rule: a Fail state ends its execution with its error and cause, a Succeed state with its output.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html

import { expect, test } from 'vitest';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

test('a Fail state ends the execution with its error and cause, which may be expressions', async () => {
  const { run } = createTestWorld();

  const { status, error, cause, types } = await run(
    {
      StartAt: 'F',
      States: { F: { Type: 'Fail', Error: '{% $states.input.e %}', Cause: "{% 'because ' & $states.input.e %}" } },
    },
    { e: 'MyError' },
  );

  expect({ status, error, cause }).toEqual({ status: 'FAILED', error: 'MyError', cause: 'because MyError' });
  expect(types).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
});

test('a Succeed state ends it with its Output', async () => {
  const { run } = createTestWorld();

  const { status, output, types } = await run({
    StartAt: 'S',
    States: { S: { Type: 'Succeed', Output: { ok: '{% 1 = 1 %}' } } },
  });

  expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: { ok: true } });
  expect(types).toEqual(['ExecutionStarted', 'SucceedStateEntered', 'SucceedStateExited', 'ExecutionSucceeded']);
});

test('an Error that is not a string fails with States.QueryEvaluationError', async () => {
  const { run } = createTestWorld();

  const { error } = await run({ StartAt: 'F', States: { F: { Type: 'Fail', Error: '{% 1 %}' } } });

  expect(error).toBe('States.QueryEvaluationError');
});
