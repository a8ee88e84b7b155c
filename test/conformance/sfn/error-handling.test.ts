// Rule: Retry and Catch take errors by name: retriers one after the other with growing waits, then the first catcher.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html

import { describe, expect, test } from 'vitest';
import { UnsupportedFeatureError } from '../../../emulator/kernel/errors.ts';
import { answerFunctionError, answerPayload, createTestWorld } from '../../../emulator/states/create-test-world.ts';

const INVOKE = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: { FunctionName: 'f', Payload: { n: '{% $states.input.n %}' } },
  End: true,
};

function machine(task: object, others: object = {}) {
  return { StartAt: 'T', States: { T: { ...INVOKE, ...task }, ...others } };
}

const CAUGHT = {
  Next: 'Caught',
  Output: { error: '{% $states.errorOutput.Error %}', cause: '{% $states.errorOutput.Cause %}' },
};
const HANDLER = { Caught: { Type: 'Succeed' } };

describe('Retry', () => {
  test('waits longer each time, counts in the context, and records each attempt', async () => {
    const { run, tasks } = createTestWorld({
      answers: {
        'lambda.Invoke': (_input, attempt) => (attempt < 3 ? answerFunctionError('Busy', '') : answerPayload('done')),
      },
    });

    const { output, types } = await run(
      machine({
        Arguments: { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' },
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 2, BackoffRate: 3, MaxDelaySeconds: 10 }],
        Output: '{% $states.result.Payload %}',
      }),
    );

    expect(output).toBe('done');
    expect(tasks.map((task) => String(task.input.Payload))).toEqual(['0', '1', '2', '3']);
    const gapsMs = tasks.slice(1).map((task, index) => task.timeMs - (tasks[index]?.timeMs ?? 0));
    expect(gapsMs.map((gapMs) => Math.round(gapMs / 1000))).toEqual([2, 6, 10]);
    expect(types.filter((type) => type === 'TaskStateEntered')).toHaveLength(1);
    expect(types.filter((type) => type === 'TaskScheduled')).toHaveLength(4);
  });

  test('gives up after MaxAttempts, each retrier counting its own, and then Catch decides', async () => {
    const errors = ['A', 'B', 'A', 'A'];
    const { run, tasks } = createTestWorld({
      answers: { 'lambda.Invoke': (_input, attempt) => answerFunctionError(errors[attempt] ?? 'A', '') },
    });

    const { output } = await run(
      machine(
        {
          Retry: [
            { ErrorEquals: ['A'], MaxAttempts: 2 },
            { ErrorEquals: ['States.ALL'], MaxAttempts: 1 },
          ],
          Catch: [{ ErrorEquals: ['States.ALL'], ...CAUGHT }],
        },
        HANDLER,
      ),
      { n: 1 },
    );

    expect(tasks).toHaveLength(4);
    expect(output).toMatchObject({ error: 'A' });
  });

  test('with full jitter waits less than the delay, the same for the same seed', async () => {
    const runOnce = async () => {
      const { run, tasks } = createTestWorld({
        answers: {
          'lambda.Invoke': (_input, attempt) => (attempt === 0 ? answerFunctionError('Busy', '') : answerPayload(1)),
        },
      });
      await run(machine({ Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1000, JitterStrategy: 'FULL' }] }), {
        n: 1,
      });
      return (tasks[1]?.timeMs ?? 0) - (tasks[0]?.timeMs ?? 0);
    };

    const waitMs = await runOnce();

    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThan(1_000_000);
    expect(await runOnce()).toBe(waitMs);
  });
});

describe('Catch', () => {
  test('assigns and goes on with the error output, which is the output by default', async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerFunctionError('Oops', 'why') } });

    const { output, types } = await run(
      machine(
        { Catch: [{ ErrorEquals: ['Oops'], Assign: { failed: '{% $states.errorOutput.Error %}' }, Next: 'Caught' }] },
        { Caught: { Type: 'Succeed', Output: { input: '{% $states.input.Error %}', failed: '{% $failed %}' } } },
      ),
      { n: 1 },
    );

    expect(output).toEqual({ input: 'Oops', failed: 'Oops' });
    expect(types).toContain('TaskStateExited');
  });

  test.each([
    ['States.ALL', 'MyError', true],
    ['States.TaskFailed', 'MyError', true],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.ALL', 'States.Timeout', true],
    ['States.Timeout', 'States.Timeout', true],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.DataLimitExceeded', 'States.DataLimitExceeded', true],
    ['States.ALL', 'States.Runtime', false],
    ['States.Runtime', 'States.Runtime', false],
    ['Other', 'MyError', false],
  ])('of %s takes %s: %s', async (errorEquals, errorType, isTaken) => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerFunctionError(errorType, '') } });

    const { status } = await run(machine({ Catch: [{ ErrorEquals: [errorEquals], ...CAUGHT }] }, HANDLER), { n: 1 });

    expect(status).toBe(isTaken ? 'SUCCEEDED' : 'FAILED');
  });

  test('takes an Output that cannot be evaluated', async () => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload({}) } });

    const { output } = await run(
      machine(
        { Output: '{% $states.result.Payload.gone %}', Catch: [{ ErrorEquals: ['States.ALL'], ...CAUGHT }] },
        HANDLER,
      ),
      { n: 1 },
    );

    expect(output).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});

test("a fault of the emulator's own ends the execution by name, and nothing catches it", async () => {
  const { run } = createTestWorld({
    answers: {
      'lambda.Invoke': () => {
        throw new UnsupportedFeatureError('lambda', 'layers');
      },
    },
  });

  const { error, cause } = await run(machine({ Catch: [{ ErrorEquals: ['States.ALL'], ...CAUGHT }] }, HANDLER), {
    n: 1,
  });

  expect(error).toBe('UnsupportedFeatureError');
  expect(cause).toBe('lambda: layers is not modelled by the emulator');
});
