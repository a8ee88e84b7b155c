import { expect, test } from 'vitest';
import { createTestWorld } from '../create-test-world.ts';

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

test('Assign is visible from the next state on; Assign and Output see the values from before', async () => {
  const { run } = createTestWorld();

  const { output, events } = await run({
    StartAt: 'A',
    States: {
      A: { Type: 'Pass', Assign: { x: 1 }, Next: 'B' },
      B: { Type: 'Pass', Assign: { x: '{% $x + 1 %}', y: '{% $x %}' }, Output: '{% [$x] %}', Next: 'C' },
      C: { Type: 'Pass', Output: { before: '{% $states.input %}', x: '{% $x %}', y: '{% $y %}' }, End: true },
    },
  });

  expect(output).toEqual({ before: [1], x: 2, y: 1 });
  expect(events[4]).toMatchObject({
    stateExitedEventDetails: { assignedVariables: { x: '2', y: '1' }, assignedVariablesDetails: { truncated: false } },
  });
});

test('$states.context tells of execution, state machine and state', async () => {
  const { run } = createTestWorld();

  const { output } = await run(
    { StartAt: 'P', States: { P: { Type: 'Pass', Output: '{% $states.context %}', End: true } } },
    7,
  );

  expect(output).toEqual({
    Execution: {
      Id: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:execution:m:[0-9a-f-]{36}$/),
      Input: 7,
      StartTime: expect.stringMatching(/^2026-01-01T00:00:00\.\d{3}Z$/),
      Name: expect.stringMatching(/^[0-9a-f-]{36}$/),
      RoleArn: 'arn:aws:iam::000000000000:role/machine',
      RedriveCount: 0,
    },
    StateMachine: { Id: 'arn:aws:states:us-east-1:000000000000:stateMachine:m', Name: 'm' },
    State: { Name: 'P', EnteredTime: expect.stringMatching(/^2026-01-01T00:00:00\.\d{3}Z$/) },
  });
});

test('an expression without a result fails the execution with States.QueryEvaluationError', async () => {
  const { run } = createTestWorld();

  const { error, cause, events } = await run({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Output: { a: { b: ['{% $states.input.gone %}'] } }, End: true } },
  });

  expect(error).toBe('States.QueryEvaluationError');
  expect(cause).toBe(
    "An error occurred while executing the state 'P' (entered at the event id #2). The JSONata expression '$states.input.gone' specified for the field 'Output/a/b[0]' returned nothing (undefined).",
  );
  expect(events.slice(2)).toMatchObject([
    {
      type: 'EvaluationFailed',
      previousEventId: 2,
      evaluationFailedEventDetails: { error, cause, location: 'Output/a/b[0]', state: 'P' },
    },
    { type: 'ExecutionFailed', previousEventId: 3, executionFailedEventDetails: { error, cause } },
  ]);
});

test.each([
  [262_142, 'SUCCEEDED', undefined],
  [262_143, 'FAILED', 'States.DataLimitExceeded'],
])('an output of %i characters in quotes ends %s', async (characters, expectedStatus, expectedError) => {
  const { run } = createTestWorld();

  const { status, error } = await run({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Output: `{% $pad('', ${characters}, 'x') %}`, End: true } },
  });

  expect([status, error]).toEqual([expectedStatus, expectedError]);
});

test('a variable larger than 256 KiB is refused', async () => {
  const { run } = createTestWorld();

  const { error } = await run({
    StartAt: 'P',
    States: { P: { Type: 'Pass', Assign: { x: "{% $pad('', 262143, 'x') %}" }, Output: 1, End: true } },
  });

  expect(error).toBe('States.DataLimitExceeded');
});
