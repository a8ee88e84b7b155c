// Rule: a Distributed Map runs each item in a child execution of its own, so many at a time, and fails when more of them
//   fail than it tolerates.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { UnsupportedFeatureError } from '../../../emulator/kernel/errors.ts';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';

function machine(map: object, processor: object, others: object = {}) {
  return {
    StartAt: 'Start',
    States: {
      Start: { Type: 'Pass', Assign: { outer: 10 }, Next: 'M' },
      M: {
        Type: 'Map',
        Label: 'lanes',
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'I',
          States: processor,
        },
        ...map,
        Next: 'Done',
      },
      Done: { Type: 'Succeed' },
      ...others,
    },
  };
}

const PASS = { I: { Type: 'Pass', End: true } };
const FAIL_TWOS = {
  I: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'Bad' }], Default: 'Good' },
  Bad: { Type: 'Fail', Error: 'Two', Cause: 'it was two' },
  Good: { Type: 'Wait', Seconds: 10, Output: '{% $states.input * 100 %}', End: true },
};

async function listChildren(world: ReturnType<typeof createTestWorld>, mapRunArn: unknown) {
  const listed = await world.call('ListExecutions', { mapRunArn });
  return z.array(z.record(z.string(), z.unknown())).parse(listed.executions);
}

function findMapRunArn(events: readonly Record<string, unknown>[]): unknown {
  const started = events.find((event) => event.type === 'MapRunStarted');
  return z.object({ mapRunArn: z.string() }).parse(started?.mapRunStartedEventDetails).mapRunArn;
}

describe('a Distributed Map', () => {
  test('runs each item in an execution of its own, and only the run shows in the parent', async () => {
    const world = createTestWorld();

    const { output, events } = await world.run(machine({}, PASS), ['a', 'b']);

    expect(output).toEqual(['a', 'b']);
    expect(events.slice(3, 9).map(({ type, previousEventId }) => [type, previousEventId])).toEqual([
      ['MapStateEntered', 3],
      ['MapStateStarted', 4],
      ['MapRunStarted', 5],
      ['MapRunSucceeded', 6],
      ['MapStateSucceeded', 7],
      ['MapStateExited', 7],
    ]);
    const mapRunArn = findMapRunArn(events);
    expect(mapRunArn).toMatch(/^arn:aws:states:us-east-1:000000000000:mapRun:m\/lanes:[0-9a-f-]{36}$/);
    const children = await listChildren(world, mapRunArn);
    expect(children).toHaveLength(2);
    const child = await world.finish(String(children[0]?.executionArn));
    expect(children[0]).toMatchObject({
      executionArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:execution:m\/lanes:[0-9a-f-]{36}$/),
      stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m/lanes',
      mapRunArn,
      status: 'SUCCEEDED',
    });
    expect(child.types).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
  });

  test('gives its children none of its variables', async () => {
    const { run } = createTestWorld();
    const reader = { I: { Type: 'Pass', Output: "{% $exists($outer) ? 'seen' : 'not seen' %}", End: true } };

    expect((await run(machine({}, reader), [1])).output).toEqual(['not seen']);
  });

  test('is not run by a role without states:StartExecution', async () => {
    const { run } = createTestWorld({ denied: ['states:StartExecution'] });

    const { error, cause, types } = await run(machine({}, PASS), [1]);

    expect(error).toBe('States.Permissions');
    expect(cause).toContain('not authorized to perform: states:StartExecution');
    expect(types.slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
  });

  test('fails at the first failure when it tolerates none, and aborts the children that run', async () => {
    const world = createTestWorld();

    const { error, cause, events, types } = await world.run(machine({}, FAIL_TWOS), [1, 2, 3]);

    expect(error).toBe('States.ExceedToleratedFailureThreshold');
    expect(cause).toBe('The specified tolerated failure threshold was exceeded');
    expect(types.slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
    const children = await listChildren(world, findMapRunArn(events));
    expect(children.map((child) => child.status).sort()).toEqual(['ABORTED', 'ABORTED', 'FAILED']);
  });

  test.each([
    [{ ToleratedFailurePercentage: 50 }, [1, 2], 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 49 }, [1, 2], 'FAILED'],
    [{ ToleratedFailurePercentage: '{% 100 %}' }, [2, 2], 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, [1, 2], 'SUCCEEDED'],
    [{ ToleratedFailureCount: '{% 1 %}' }, [2, 2, 1], 'FAILED'],
    [{ ToleratedFailurePercentage: 100, ToleratedFailureCount: 1 }, [2, 2], 'FAILED'],
  ])('with %j over %j ends %s', async (tolerance, items, expectedStatus) => {
    const { run } = createTestWorld();

    expect((await run(machine(tolerance, FAIL_TWOS), items)).status).toBe(expectedStatus);
  });

  test('puts the execution of a tolerated failure in the place of its output', async () => {
    const { run } = createTestWorld();

    const { output } = await run(machine({ ToleratedFailurePercentage: 100 }, FAIL_TWOS), [1, 2]);

    expect(output).toEqual([
      100,
      expect.objectContaining({
        Status: 'FAILED',
        Error: 'Two',
        Cause: 'it was two',
        Input: '2',
        InputDetails: { Included: true },
      }),
    ]);
  });

  test('runs at most MaxConcurrency children at a time', async () => {
    const { run } = createTestWorld();
    const wait = { I: { Type: 'Wait', Seconds: 1000, End: true } };

    const { durationMs } = await run(machine({ MaxConcurrency: 2 }, wait), [1, 2, 3]);

    expect(Math.round(durationMs / 1_000_000)).toBe(2);
  });

  test('aborts its children when the parent is stopped', async () => {
    const world = createTestWorld();
    const wait = { I: { Type: 'Wait', Seconds: 1000, End: true } };
    const stateMachineArn = world.create(machine({}, wait));
    const { executionArn } = await world.call('StartExecution', { stateMachineArn, input: '[1,2]' });
    await world.clock.runUntil(world.clock.now() + 60_000);

    await world.call('StopExecution', { executionArn });

    const { events } = await world.finish(String(executionArn));
    const children = await listChildren(world, findMapRunArn(events));
    expect(children.map((child) => child.status)).toEqual(['ABORTED', 'ABORTED']);
  });

  test('passes a fault of the emulator on, whatever it tolerates', async () => {
    const { run } = createTestWorld({
      answers: {
        's3.PutObject': () => {
          throw new UnsupportedFeatureError('s3', 'object lock');
        },
      },
    });
    const put = { I: { Type: 'Task', Resource: 'arn:aws:states:::aws-sdk:s3:putObject', End: true } };

    const { error, cause } = await run(machine({ ToleratedFailurePercentage: 100 }, put), [{}]);

    expect([error, cause]).toEqual(['UnsupportedFeatureError', 's3: object lock is not modelled by the emulator']);
  });
});

test('a child that was about to start when the parent was stopped is aborted too', async () => {
  const world = createTestWorld();
  const stateMachineArn = world.create(machine({}, { I: { Type: 'Wait', Seconds: 1000, End: true } }));
  const { executionArn } = await world.call('StartExecution', { stateMachineArn, input: '[1]' });
  const started = async () => (await world.call('GetExecutionHistory', { executionArn })).events;
  while (!JSON.stringify(await started()).includes('MapRunStarted')) await world.clock.runUntil(world.clock.now() + 1);

  await world.call('StopExecution', { executionArn });
  await world.clock.runUntil(world.clock.now() + 10_000);

  const { events } = await world.finish(String(executionArn));
  const children = await listChildren(world, findMapRunArn(events));
  expect(children.map((child) => child.status)).toEqual(['ABORTED']);
});
