// Rule: ResultWriter puts the results of a Map Run into S3, a file for each kind of outcome and a manifest, or shapes
//   what the Map state gives.
// Source: https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestWorld } from '../../../emulator/states/create-test-world.ts';
import { distributedMap } from '../../../emulator/states/map-runs/distributed-map.fixture.ts';

const PUT = 'arn:aws:states:::s3:putObject';
const FAIL_TWOS = {
  I: { Type: 'Choice', Choices: [{ Condition: '{% $states.input = 2 %}', Next: 'Bad' }], Default: 'Good' },
  Bad: { Type: 'Fail', Error: 'Two', Cause: 'it was two' },
  Good: { Type: 'Wait', Seconds: 10, Output: '{% [$states.input, 0] %}', End: true },
};
const TOLERANT = { ToleratedFailurePercentage: 100 };

const outputSchema = z.object({
  MapRunArn: z.string(),
  ResultWriterDetails: z.object({ Bucket: z.literal('bucket'), Key: z.string() }),
});

function exporting(config: object | undefined, map: object = TOLERANT): object {
  const writer = {
    Resource: PUT,
    Arguments: { Bucket: 'bucket', Prefix: 'results/' },
    ...(config && { WriterConfig: config }),
  };
  return distributedMap({ ResultWriter: writer, ...map }, FAIL_TWOS);
}

async function runAndRead(definition: object, items: unknown) {
  const world = createTestWorld({ withS3: true });
  const result = await world.run(definition, items);
  const { MapRunArn: arn, ResultWriterDetails: details } = outputSchema.parse(result.output);
  const folder = `results/${arn.split(':').at(-1)}`;
  return { world, arn, folder, details, read: async (name: string) => world.getText(`${folder}/${name}`) };
}

describe('a ResultWriter that exports', () => {
  test('gives where the manifest is, which lists the files with their sizes', async () => {
    const { arn, folder, details, read } = await runAndRead(exporting(undefined), [1, 2]);

    expect(details.Key).toBe(`${folder}/manifest.json`);
    expect(JSON.parse(await read('manifest.json'))).toEqual({
      DestinationBucket: 'bucket',
      MapRunArn: arn,
      ResultFiles: {
        FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: (await read('FAILED_0.json')).length }],
        PENDING: [],
        SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: (await read('SUCCEEDED_0.json')).length }],
      },
    });
  });

  test('writes whole executions, those that succeeded and those that failed apart', async () => {
    const { read } = await runAndRead(exporting(undefined), [1, 2]);
    const shared = {
      ExecutionArn: expect.stringContaining(':execution:m/lanes:'),
      InputDetails: { Included: true },
      Name: expect.any(String),
      OutputDetails: { Included: true },
      RedriveCount: 0,
      StartDate: expect.stringMatching(/^2026-01-01T.*Z$/),
      StateMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:m/lanes',
      StopDate: expect.stringMatching(/^2026-01-01T.*Z$/),
    };

    expect(JSON.parse(await read('SUCCEEDED_0.json'))).toEqual([
      {
        ...shared,
        Input: '1',
        Output: '[1,0]',
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        Status: 'SUCCEEDED',
      },
    ]);
    expect(JSON.parse(await read('FAILED_0.json'))).toEqual([
      {
        ...shared,
        Cause: 'it was two',
        Error: 'Two',
        Input: '2',
        RedriveStatus: 'REDRIVABLE_BY_MAP_RUN',
        Status: 'FAILED',
      },
    ]);
  });

  test.each<[object, string, string]>([
    [{ Transformation: 'COMPACT', OutputType: 'JSON' }, 'SUCCEEDED_0.json', '[[1,0],[3,0]]'],
    [{ Transformation: 'FLATTEN', OutputType: 'JSON' }, 'SUCCEEDED_0.json', '[1,0,3,0]'],
    [{ Transformation: 'COMPACT', OutputType: 'JSONL' }, 'SUCCEEDED_0.jsonl', '[1,0]\n[3,0]\n'],
  ])('with %j writes %s', async (config, name, expected) => {
    const { read } = await runAndRead(exporting(config), [1, 3]);

    expect(await read(name)).toBe(expected);
  });

  test('writes what never started as pending when the run fails', async () => {
    const world = createTestWorld({ withS3: true });
    const { events, status } = await world.run(exporting(undefined, { MaxConcurrency: 1 }), [1, 2, 3]);
    const started = events.find(({ type }) => type === 'MapRunStarted');
    const { mapRunArn } = z.object({ mapRunArn: z.string() }).parse(started?.mapRunStartedEventDetails);

    expect(status).toBe('FAILED');
    expect(JSON.parse(await world.getText(`results/${mapRunArn.split(':').at(-1)}/PENDING_0.json`))).toEqual([
      { Input: '3', InputDetails: { Included: true }, Status: 'PENDING' },
    ]);
  });

  test('writes what there is when its execution is stopped', async () => {
    const world = createTestWorld({ withS3: true });
    const stateMachineArn = world.create(exporting(undefined, { MaxConcurrency: 1 }));
    const { executionArn } = await world.call('StartExecution', { stateMachineArn, input: '[1,3]' });
    await world.clock.runUntil(world.clock.now() + 5000);

    await world.call('StopExecution', { executionArn });
    await world.clock.runUntil(world.clock.now() + 5000);

    const { mapRuns } = await world.call('ListMapRuns', { executionArn });
    const [mapRun] = z.array(z.object({ mapRunArn: z.string() })).parse(mapRuns);
    const folder = `results/${mapRun?.mapRunArn.split(':').at(-1)}`;
    expect(JSON.parse(await world.getText(`${folder}/FAILED_0.json`))).toMatchObject([{ Status: 'ABORTED' }]);
    expect(JSON.parse(await world.getText(`${folder}/PENDING_0.json`))).toMatchObject([{ Input: '3' }]);
  });

  test('fails with States.ResultWriterFailed when the role must not write', async () => {
    const world = createTestWorld({ withS3: true, denied: ['s3:PutObject'] });

    const { error, cause, types } = await world.run(exporting(undefined), [1]);

    expect(error).toBe('States.ResultWriterFailed');
    expect(cause).toContain('not authorized to perform: s3:PutObject');
    expect(types.slice(-3)).toEqual(['MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
  });
});

describe('a ResultWriter that does not export', () => {
  test.each<[string, unknown]>([
    ['NONE', [expect.objectContaining({ Output: '[1,0]', Status: 'SUCCEEDED' })]],
    ['COMPACT', [[1, 0]]],
    ['FLATTEN', [1, 0]],
  ])('shapes the state’s result as %s says', async (Transformation, expected) => {
    const writer = { WriterConfig: { Transformation, OutputType: 'JSON' } };

    const { output } = await createTestWorld().run(distributedMap({ ResultWriter: writer }, FAIL_TWOS), [1]);

    expect(output).toEqual(expected);
  });
});
