// Rule: an update names the current version, keeps what it leaves out, counts the version up and comes into force later.
// Source: https://docs.aws.amazon.com/firehose/latest/APIReference/API_UpdateDestination.html

import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

describe('updateDestination', () => {
  const update = (
    CurrentDeliveryStreamVersionId: string,
    ExtendedS3DestinationUpdate: object = { Prefix: 'new/' },
  ) => ({
    CurrentDeliveryStreamVersionId,
    DestinationId: 'destinationId-000000000001',
    ExtendedS3DestinationUpdate,
  });

  test('keeps what it leaves out, counts the version up, and comes into force some time later', async () => {
    const stream = createTestStream({ transform: { seconds: 0 } });

    await stream.call('UpdateDestination', update('1'));
    const { DeliveryStreamDescription } = await stream.call('DescribeDeliveryStream');
    await stream.pass(300_000);
    await stream.put('a');
    await stream.pass(120_000);

    expect(DeliveryStreamDescription).toMatchObject({
      DeliveryStreamStatus: 'ACTIVE',
      VersionId: '2',
      LastUpdateTimestamp: expect.any(Number),
      Destinations: [
        {
          ExtendedS3DestinationDescription: {
            Prefix: 'new/',
            ErrorOutputPrefix: 'errors/',
            CompressionFormat: 'UNCOMPRESSED',
          },
        },
      ],
    });
    expect((await stream.list())[0]?.Key).toMatch(/^new\/.*\/stream-2-/);
  });

  test.each([30, 60])('leaves what is buffered to the old settings, with an interval of %i s', async (s3Seconds) => {
    const stream = createTestStream({ transform: false, s3Seconds });

    await stream.call('UpdateDestination', update('1'));
    await stream.put('old');
    await stream.pass(300_000);
    await stream.put('new');
    await stream.pass(120_000);

    const keys = (await stream.list()).map(({ Key }) => Key);
    expect(keys).toEqual([expect.stringMatching(/^data\/.*\/stream-1-/), expect.stringMatching(/^new\/.*\/stream-2-/)]);
    expect(await stream.readAll()).toEqual(['old', 'new']);
  });

  // How long an update takes is drawn: among these seeds are some in which the second one is in force first.
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is not undone by an earlier one that takes longer, with seed %i',
    async (seed) => {
      const stream = createTestStream({ transform: false, seed });

      await stream.call('UpdateDestination', update('1', { Prefix: 'first/' }));
      await stream.call('UpdateDestination', update('2', { Prefix: 'second/' }));
      await stream.pass(300_000);
      await stream.put('a');
      await stream.pass(120_000);

      expect((await stream.list())[0]?.Key).toMatch(/^second\/.*\/stream-3-/);
    },
  );

  test('that takes the transform away still transforms what was waiting for it', async () => {
    const stream = createTestStream({ transform: { seconds: 600 } });
    await stream.put('a');

    await stream.call(
      'UpdateDestination',
      update('1', { ProcessingConfiguration: { Enabled: false, Processors: [] } }),
    );
    await stream.pass(300_000);
    await stream.put('b');
    await stream.pass(600_000);

    expect(stream.batches()).toEqual([1]);
    expect((await stream.readAll()).sort()).toEqual(['a', 'b']);
  });

  test('refuses a version that is no longer the current one, and a destination that does not exist', async () => {
    const stream = createTestStream();
    await stream.call('UpdateDestination', update('1'));

    await expect(stream.call('UpdateDestination', update('1'))).rejects.toMatchObject({
      code: 'ConcurrentModificationException',
    });
    await expect(
      stream.call('UpdateDestination', { ...update('2'), DestinationId: 'destinationId-000000000002' }),
    ).rejects.toMatchObject({ code: 'InvalidArgumentException' });
  });

  test.each([
    ['a buffer of 0 MB', { BufferingHints: { SizeInMBs: 0, IntervalInSeconds: 60 } }, 'ValidationException'],
    ['a buffer of 129 MB', { BufferingHints: { SizeInMBs: 129, IntervalInSeconds: 60 } }, 'ValidationException'],
    ['an interval of 901 s', { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 901 } }, 'ValidationException'],
    ['half of the hints', { BufferingHints: { SizeInMBs: 1 } }, 'ValidationException'],
    ['an extension without a dot', { FileExtension: 'gz' }, 'ValidationException'],
    ['a prefix that cannot be', { Prefix: '!{colour:red}/' }, 'InvalidArgumentException'],
  ])('refuses %s, and stays at its version', async (_what, change, code) => {
    const stream = createTestStream();

    await expect(stream.call('UpdateDestination', update('1', change))).rejects.toMatchObject({ code });
    const { DeliveryStreamDescription } = await stream.call('DescribeDeliveryStream');

    expect(DeliveryStreamDescription).toMatchObject({ VersionId: '1', Destinations: [{}] });
  });

  test.each([
    ['BufferSizeInMBs', '0.1'],
    ['BufferSizeInMBs', '3.1'],
    ['BufferIntervalInSeconds', '901'],
    ['NumberOfRetries', 'many'],
    ['NumberOfRetries', ''],
  ])('refuses a processor with %s %j', async (ParameterName, ParameterValue) => {
    const ProcessingConfiguration = {
      Enabled: true,
      Processors: [
        {
          Type: 'Lambda',
          Parameters: [
            { ParameterName: 'LambdaArn', ParameterValue: 'arn:aws:lambda:us-east-1:000000000000:function:tested' },
            { ParameterName, ParameterValue },
          ],
        },
      ],
    };

    await expect(
      createTestStream().call('UpdateDestination', update('1', { ProcessingConfiguration })),
    ).rejects.toMatchObject({ code: 'InvalidArgumentException', message: expect.stringContaining(ParameterName) });
  });

  test('refuses by name what is not modelled', async () => {
    const call = createTestStream().call('UpdateDestination', update('1', { DynamicPartitioningConfiguration: {} }));

    await expect(call).rejects.toThrow(
      'parameter ExtendedS3DestinationUpdate.DynamicPartitioningConfiguration is not modelled',
    );
  });
});
