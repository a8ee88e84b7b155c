// Rule: each state type leaves events of its own, and each event has the details that its type has, and no others.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html

import { describe, expect, test } from 'vitest';
import { answerFunctionError, answerPayload, createTestWorld } from '../../../emulator/states/create-test-world.ts';
import { distributedMap } from '../../../emulator/states/map-runs/distributed-map.fixture.ts';

const TASK = { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments: { FunctionName: 'f' } };
const ENTERED = ['stateEnteredEventDetails', ['input', 'inputDetails', 'name']] as const;
const EXITED = ['stateExitedEventDetails', ['name', 'output', 'outputDetails']] as const;
const ITERATION = ['index', 'name'] as const;
const FAILURE = ['cause', 'error'] as const;

/** By event type: the member that holds its details and what they have, from the service's model. */
const DETAILS: Readonly<Record<string, readonly [string, readonly string[]]>> = {
  ExecutionStarted: ['executionStartedEventDetails', ['input', 'inputDetails', 'roleArn']],
  ExecutionSucceeded: ['executionSucceededEventDetails', ['output', 'outputDetails']],
  ExecutionFailed: ['executionFailedEventDetails', FAILURE],
  PassStateEntered: ENTERED,
  PassStateExited: [EXITED[0], ['assignedVariables', 'assignedVariablesDetails', ...EXITED[1]]],
  ChoiceStateEntered: ENTERED,
  ChoiceStateExited: EXITED,
  WaitStateEntered: ENTERED,
  WaitStateExited: EXITED,
  SucceedStateEntered: ENTERED,
  SucceedStateExited: EXITED,
  FailStateEntered: ENTERED,
  ParallelStateEntered: ENTERED,
  ParallelStateExited: EXITED,
  MapStateEntered: ENTERED,
  MapStateExited: EXITED,
  MapStateStarted: ['mapStateStartedEventDetails', ['length']],
  MapIterationStarted: ['mapIterationStartedEventDetails', ITERATION],
  MapIterationSucceeded: ['mapIterationSucceededEventDetails', ITERATION],
  MapRunStarted: ['mapRunStartedEventDetails', ['mapRunArn']],
  MapRunFailed: ['mapRunFailedEventDetails', FAILURE],
  TaskStateEntered: ENTERED,
  TaskStateExited: EXITED,
  TaskScheduled: ['taskScheduledEventDetails', ['parameters', 'region', 'resource', 'resourceType']],
  TaskStarted: ['taskStartedEventDetails', ['resource', 'resourceType']],
  TaskSucceeded: ['taskSucceededEventDetails', ['output', 'outputDetails', 'resource', 'resourceType']],
  TaskFailed: ['taskFailedEventDetails', [...FAILURE, 'resource', 'resourceType']],
  EvaluationFailed: ['evaluationFailedEventDetails', [...FAILURE, 'location', 'state']],
};
const WITHOUT_DETAILS = [
  'MapRunSucceeded',
  'MapStateFailed',
  'MapStateSucceeded',
  'ParallelStateStarted',
  'ParallelStateSucceeded',
];
const SHARED = ['id', 'previousEventId', 'timestamp', 'type'];

const EVERYTHING = {
  StartAt: 'Pass',
  States: {
    Pass: { Type: 'Pass', Assign: { x: 1 }, Next: 'Choice' },
    Choice: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Wait' }] },
    Wait: { Type: 'Wait', Seconds: 1, Next: 'Task' },
    Task: { ...TASK, Next: 'Failing', Output: [1] },
    Failing: {
      ...TASK,
      Arguments: { FunctionName: 'f', Payload: 'fail' },
      Catch: [{ ErrorEquals: ['States.ALL'], Output: [1], Next: 'Parallel' }],
      End: true,
    },
    Parallel: {
      Type: 'Parallel',
      Branches: [{ StartAt: 'In', States: { In: { Type: 'Succeed' } } }],
      Output: [1],
      Next: 'Map',
    },
    Map: {
      Type: 'Map',
      ItemProcessor: { StartAt: 'Each', States: { Each: { Type: 'Succeed' } } },
      Next: 'Distributed',
    },
    Distributed: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Child',
        States: { Child: { Type: 'Succeed' } },
      },
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
  },
};

function runEverything() {
  const { run } = createTestWorld({
    answers: {
      'lambda.Invoke': ({ Payload }) => (Payload ? answerFunctionError('E', 'no') : answerPayload(1)),
    },
  });
  return run(EVERYTHING);
}

describe('a history', () => {
  test.each([
    ['of all state types', runEverything, 'ExecutionSucceeded'],
    [
      'of an evaluation that fails',
      () => createTestWorld().run({ StartAt: 'F', States: { F: { Type: 'Fail', Error: '{% 1 %}' } } }),
      'ExecutionFailed',
    ],
    [
      'of a Map Run that fails',
      () => createTestWorld().run(distributedMap({}, { I: { Type: 'Fail', Error: 'E', Cause: 'c' } }), [1]),
      'ExecutionFailed',
    ],
  ])('%s has exactly the details of each type', async (_claim, run, lastType) => {
    const { events, types } = await run();

    for (const event of events) {
      const type = String(event.type);
      const [member, names] = DETAILS[type] ?? [];
      expect(member !== undefined || WITHOUT_DETAILS.includes(type), type).toBe(true);
      expect(Object.keys(event).sort(), type).toEqual([...SHARED, ...(member ? [member] : [])].sort());
      if (member) expect(Object.keys(event[member] ?? {}).sort(), type).toEqual([...(names ?? [])].sort());
    }
    expect(types.at(-1)).toBe(lastType);
  });

  test('numbers its events from 1, each after the one that it follows from, in time', async () => {
    const { events } = await runEverything();

    expect(events.map(({ id }) => id)).toEqual(events.map((_event, index) => index + 1));
    for (const { id, previousEventId } of events) expect(Number(previousEventId)).toBeLessThan(Number(id));
    const times = events.map(({ timestamp }) => Number(timestamp));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('calls lambda:invoke the resource invoke of the type lambda', async () => {
    const { events } = await runEverything();

    expect(events.find(({ type }) => type === 'TaskScheduled')).toMatchObject({
      taskScheduledEventDetails: { resourceType: 'lambda', resource: 'invoke', region: 'us-east-1' },
    });
  });
});
