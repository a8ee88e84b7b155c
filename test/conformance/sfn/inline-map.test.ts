// Rule: an inline Map runs an iteration for each item within the execution, at most forty at a time.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html

import { describe, expect, test } from 'vitest';
import { UnsupportedFeatureError } from '../../../emulator/kernel/errors.ts';
import { answerPayload, createTestWorld } from '../../../emulator/states/create-test-world.ts';

function machine(map: object, processor: object) {
  return {
    StartAt: 'Start',
    States: {
      Start: { Type: 'Pass', Assign: { outer: 10 }, Next: 'M' },
      M: { Type: 'Map', ItemProcessor: { StartAt: 'I', States: processor }, ...map, End: true },
    },
  };
}

const PASS = { I: { Type: 'Pass', End: true } };

describe('an inline Map', () => {
  test('runs its iterations over the items, with the history that AWS keeps', async () => {
    const { run } = createTestWorld();

    const { output, events } = await run(machine({ MaxConcurrency: 1, Items: '{% $states.input %}' }, PASS), [1, 2]);

    expect(output).toEqual([1, 2]);
    expect(events.slice(3).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['MapStateEntered', 3],
      ['MapStateStarted', 4],
      ['MapIterationStarted', 5],
      ['PassStateEntered', 6],
      ['PassStateExited', 7],
      ['MapIterationSucceeded', 8],
      ['MapIterationStarted', 8],
      ['PassStateEntered', 10],
      ['PassStateExited', 11],
      ['MapIterationSucceeded', 12],
      ['MapStateSucceeded', 13],
      ['MapStateExited', 13],
      ['ExecutionSucceeded', 15],
    ]);
    expect(events[4]).toMatchObject({ mapStateStartedEventDetails: { length: 2 } });
    expect(events[9]).toMatchObject({ mapIterationStartedEventDetails: { index: 1, name: 'M' } });
  });

  test('selects each iteration’s input, and its states know the item and the outer variables', async () => {
    const { run } = createTestWorld();

    const { output } = await run(
      machine(
        {
          ItemSelector: { v: '{% $states.context.Map.Item.Value * $outer %}', whole: '{% $states.input %}' },
          Output: '{% $states.result %}',
        },
        {
          I: {
            Type: 'Pass',
            Output: { in: '{% $states.input %}', index: '{% $states.context.Map.Item.Index %}' },
            End: true,
          },
        },
      ),
      [5, 6],
    );

    expect(output).toEqual([
      { in: { v: 50, whole: [5, 6] }, index: 0 },
      { in: { v: 60, whole: [5, 6] }, index: 1 },
    ]);
  });

  test('keeps the variables of its iterations apart, and none of them for itself', async () => {
    const { run } = createTestWorld();
    const definition = machine(
      { Output: "{% $exists($mine) ? 'leaked' : $states.result %}" },
      {
        I: { Type: 'Pass', Assign: { mine: '{% $states.input %}' }, Next: 'J' },
        J: { Type: 'Wait', Seconds: 1, Output: '{% $mine %}', End: true },
      },
    );

    expect((await run(definition, ['a', 'b'])).output).toEqual(['a', 'b']);
  });

  test.each([
    ['1', 6],
    ['2', 3],
    ['0', 1],
  ])('with MaxConcurrency %s takes %i rounds for six items', async (concurrency, rounds) => {
    const { run } = createTestWorld({ answers: { 'lambda.Invoke': () => answerPayload(1) }, taskMs: 60_000 });
    const task = {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Arguments: { FunctionName: 'f' },
      End: true,
    };

    const { durationMs } = await run(
      machine({ MaxConcurrency: `{% ${concurrency} %}`, Output: {} }, { I: task }),
      [1, 2, 3, 4, 5, 6],
    );

    expect(Math.round(durationMs / 60_000)).toBe(rounds);
  });

  test.each([
    [40, 1],
    [41, 2],
  ])('runs %i iterations in %i rounds: forty at a time at most', async (items, rounds) => {
    const { run } = createTestWorld();
    const wait = { I: { Type: 'Wait', Seconds: 100, Output: 0, End: true } };

    const { durationMs } = await run(
      machine({}, wait),
      Array.from({ length: items }, () => 0),
    );

    expect(Math.round(durationMs / 100_000)).toBe(rounds);
  });

  test('without items gives an empty array', async () => {
    const { run } = createTestWorld();

    const { output, types } = await run(machine({}, PASS), []);

    expect(output).toEqual([]);
    expect(types.slice(3)).toEqual([
      'MapStateEntered',
      'MapStateStarted',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
  });

  test('fails with its first failing iteration and calls the others off', async () => {
    const { run } = createTestWorld();

    const { error, events, durationMs } = await run(
      machine(
        {},
        {
          I: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'Bad' }], Default: 'Slow' },
          Bad: { Type: 'Fail', Error: 'BadItem' },
          Slow: { Type: 'Wait', Seconds: 1000, End: true },
        },
      ),
      [1, 2, 3],
    );

    expect(error).toBe('BadItem');
    expect(durationMs).toBeLessThan(2000);
    const failing = events.find((event) => event.type === 'FailStateEntered')?.id;
    expect(events.slice(-7).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['MapIterationFailed', failing],
      ['MapIterationAborted', failing],
      ['WaitStateAborted', failing],
      ['MapIterationAborted', failing],
      ['WaitStateAborted', failing],
      ['MapStateFailed', failing],
      ['ExecutionFailed', events.length - 1],
    ]);
  });

  test('runs again under Retry', async () => {
    const { run } = createTestWorld();

    const { output, types } = await run(
      machine(
        {
          Retry: [{ ErrorEquals: ['NotYet'], IntervalSeconds: 5 }],
          ItemSelector: { retry: '{% $states.context.State.RetryCount %}' },
        },
        {
          I: {
            Type: 'Choice',
            Choices: [{ Condition: '{% $states.input.retry = 1 %}', Next: 'Good' }],
            Default: 'Bad',
          },
          Bad: { Type: 'Fail', Error: 'NotYet' },
          Good: { Type: 'Succeed' },
        },
      ),
      [1],
    );

    expect(output).toEqual([{ retry: 1 }]);
    expect(types.filter((type) => type === 'MapStateStarted')).toHaveLength(2);
  });

  test.each([
    [{ Items: '{% 5 %}' }, "Expected 'array', but was 'number' for value: 5"],
    [{}, "The field 'Items' returned an unexpected result type. Expected 'array', but was 'string'"],
  ])('over something else than an array fails', async (map, message) => {
    const { run } = createTestWorld();

    const { error, cause } = await run(machine(map, PASS), 'text');

    expect(error).toBe('States.QueryEvaluationError');
    expect(cause).toContain(message);
  });

  test('over an object is refused by name', async () => {
    const { run } = createTestWorld();

    const { error, cause } = await run(machine({}, PASS), { a: 1 });

    expect(error).toBe('UnsupportedFeatureError');
    expect(cause).toBe(new UnsupportedFeatureError('state M', 'a Map over an object').message);
  });
});
