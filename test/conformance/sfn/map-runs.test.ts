// Rule: a Map Run can be listed, described and, while it runs, updated: its children and their items are counted by what
//   became of them.
// Source: https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestWorld, type TestWorld } from '../../../emulator/states/create-test-world.ts';
import { distributedMap } from '../../../emulator/states/map-runs/distributed-map.fixture.ts';

const WAIT = { I: { Type: 'Wait', Seconds: 100, End: true } };
const FAIL_TWOS = {
  I: { Type: 'Choice', Choices: [{ Condition: '{% 2 in $states.input.Items %}', Next: 'Bad' }], Default: 'Good' },
  Bad: { Type: 'Fail' },
  Good: { Type: 'Succeed' },
};
const NONE = {
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 0,
  resultsWritten: 0,
  failuresNotRedrivable: 0,
  pendingRedrive: 0,
};
const listSchema = z.array(z.object({ mapRunArn: z.string() }).loose());

async function start(world: TestWorld, definition: object, items: unknown) {
  const stateMachineArn = world.create(definition);
  const started = await world.call('StartExecution', { stateMachineArn, name: 'run', input: JSON.stringify(items) });
  await world.clock.runUntil(world.clock.now() + 5000);
  const executionArn = String(started.executionArn);
  const { mapRuns } = await world.call('ListMapRuns', { executionArn });
  const [mapRun] = listSchema.parse(mapRuns);
  return { executionArn, mapRun, mapRunArn: String(mapRun?.mapRunArn) };
}

describe('DescribeMapRun', () => {
  test('counts what waits and what runs', async () => {
    const world = createTestWorld();
    const { executionArn, mapRunArn } = await start(world, distributedMap({ MaxConcurrency: 2 }, WAIT), [1, 2, 3]);

    expect(await world.call('DescribeMapRun', { mapRunArn })).toEqual({
      mapRunArn,
      executionArn,
      status: 'RUNNING',
      startDate: expect.any(Number),
      maxConcurrency: 2,
      toleratedFailurePercentage: 0,
      toleratedFailureCount: 0,
      itemCounts: { ...NONE, pending: 1, running: 2, total: 3 },
      executionCounts: { ...NONE, pending: 1, running: 2, total: 3 },
      redriveCount: 0,
    });
  });

  test('counts items apart from executions where they are batched', async () => {
    const world = createTestWorld();
    const map = { ItemBatcher: { MaxItemsPerBatch: 3 }, ToleratedFailureCount: 3 };
    const { mapRunArn } = await start(world, distributedMap(map, FAIL_TWOS), [1, 2, 3, 4]);

    expect(await world.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: expect.any(Number),
      toleratedFailureCount: 3,
      itemCounts: { ...NONE, failed: 3, succeeded: 1, total: 4, resultsWritten: 4 },
      executionCounts: { ...NONE, failed: 1, succeeded: 1, total: 2, resultsWritten: 2 },
    });
    const { executions } = await world.call('ListExecutions', { mapRunArn });
    expect(executions).toHaveLength(2);
    expect(executions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ itemCount: 1, status: 'SUCCEEDED' }),
        expect.objectContaining({ itemCount: 3, status: 'FAILED' }),
      ]),
    );
  });

  test('counts what was aborted with a run that failed', async () => {
    const world = createTestWorld();
    const processor = { ...FAIL_TWOS, Good: { Type: 'Wait', Seconds: 100, End: true } };
    const map = { ItemBatcher: { MaxItemsPerBatch: 1 } };
    const { mapRunArn } = await start(world, distributedMap(map, processor), [1, 2]);

    expect(await world.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'FAILED',
      executionCounts: { ...NONE, failed: 1, aborted: 1, total: 2, resultsWritten: 2 },
    });
  });

  test('of one whose execution was stopped is ABORTED', async () => {
    const world = createTestWorld();
    const { executionArn, mapRunArn } = await start(world, distributedMap({}, WAIT), [1]);

    await world.call('StopExecution', { executionArn });
    await world.clock.runUntil(world.clock.now() + 1000);

    expect(await world.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      status: 'ABORTED',
      itemCounts: { ...NONE, aborted: 1, total: 1, resultsWritten: 1 },
    });
  });

  test('of one that never was answers ResourceNotFound', async () => {
    const { call } = createTestWorld();
    const mapRunArn = 'arn:aws:states:us-east-1:000000000000:mapRun:m/lanes:x';

    await expect(call('DescribeMapRun', { mapRunArn })).rejects.toMatchObject({ code: 'ResourceNotFound' });
    await expect(call('ListExecutions', { mapRunArn })).rejects.toMatchObject({ code: 'ResourceNotFound' });
  });
});

test('ListMapRuns names the machine with the label', async () => {
  const world = createTestWorld();

  const { executionArn, mapRun } = await start(world, distributedMap({}, WAIT), [1]);

  expect(mapRun).toEqual({
    executionArn,
    mapRunArn: expect.stringMatching(/^arn:aws:states:us-east-1:000000000000:mapRun:m\/lanes:[0-9a-f-]{36}$/),
    stateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m/lanes',
    startDate: expect.any(Number),
  });
});

describe('UpdateMapRun', () => {
  test('of the concurrency starts more children at once', async () => {
    const world = createTestWorld();
    const { mapRunArn } = await start(world, distributedMap({ MaxConcurrency: 1 }, WAIT), [1, 2, 3]);

    await world.call('UpdateMapRun', { mapRunArn, maxConcurrency: 3 });
    await world.clock.runUntil(world.clock.now() + 1000);

    expect(await world.call('DescribeMapRun', { mapRunArn })).toMatchObject({
      maxConcurrency: 3,
      executionCounts: { running: 3, pending: 0 },
    });
  });

  test('of the tolerance counts for failures to come', async () => {
    const world = createTestWorld();
    const processor = { I: { Type: 'Wait', Seconds: 100, Next: 'F' }, F: { Type: 'Fail' } };
    const { executionArn, mapRunArn } = await start(world, distributedMap({}, processor), [1]);

    await world.call('UpdateMapRun', { mapRunArn, toleratedFailurePercentage: 100 });

    expect(await world.finish(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('is refused once the run is over', async () => {
    const world = createTestWorld();
    const { mapRunArn } = await start(world, distributedMap({}), [1]);

    await expect(world.call('UpdateMapRun', { mapRunArn, maxConcurrency: 1 })).rejects.toMatchObject({
      code: 'ValidationException',
    });
  });
});
