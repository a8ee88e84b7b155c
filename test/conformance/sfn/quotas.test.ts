// Rule: an execution has 25,000 events at most, a payload 256 KiB, and Map Runs start 100 children a second.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html

import { expect, test } from 'vitest';
import { z } from 'zod';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';
import { distributedMap } from '../../../emulator/states/map-runs/distributed-map.fixture.ts';

const ENDLESS = {
  StartAt: 'Tick',
  States: {
    Tick: { Type: 'Pass', Next: 'More' },
    More: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Tick' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  },
};

test('an execution that reaches 25,000 events fails, and nothing catches that', async () => {
  const { run } = createTestWorld();
  const guarded = {
    StartAt: 'P',
    States: {
      P: {
        Type: 'Parallel',
        Branches: [ENDLESS],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'End' }],
        Next: 'End',
      },
      End: { Type: 'Succeed' },
    },
  };

  const { status, error, cause, types } = await run(guarded);

  expect({ status, error, cause }).toEqual({
    status: 'FAILED',
    error: 'States.Runtime',
    cause: 'The execution reached the maximum number of history events (25000).',
  });
  expect(types).toHaveLength(25_000);
  expect(types.at(-1)).toBe('ExecutionFailed');
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

test('a child of a Distributed Map has 25,000 events of its own', async () => {
  const { run } = createTestWorld();
  const tick = (condition: string) => ({
    I: { Type: 'Pass', Assign: { n: 0 }, Next: 'Tick' },
    Tick: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'More' },
    More: { Type: 'Choice', Choices: [{ Condition: condition, Next: 'Tick' }], Default: 'Done' },
    Done: { Type: 'Succeed' },
  });
  const count = { ToleratedFailurePercentage: 100, Output: '{% $states.result.Error %}' };

  const enough = await run(distributedMap({}, tick('{% $n < 5000 %}')), [1, 2]);
  const tooMany = await createTestWorld().run(distributedMap(count, tick('{% $n < 7000 %}')), [1]);

  expect(enough).toMatchObject({ status: 'SUCCEEDED', events: { length: 8 } });
  expect(tooMany.output).toBe('States.Runtime');
});

test.each([
  [100, 0],
  [101, 0],
  [300, 2],
])('%i children of a Map Run take %i seconds to start', async (count, expectedSeconds) => {
  const world = createTestWorld();
  const started = { I: { Type: 'Pass', Output: '{% $states.context.Execution.StartTime %}', End: true } };

  const { output } = await world.run(distributedMap({ Items: `{% [1..${count}] %}` }, started));

  const times = z.array(z.string()).parse(output).map(Date.parse);
  expect(Math.floor((Math.max(...times) - Math.min(...times)) / 1000)).toBe(expectedSeconds);
});
