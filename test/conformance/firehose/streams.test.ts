// Rule: streams are made, described, listed and deleted by API; a deleted one delivers nothing any more.
// Source: https://docs.aws.amazon.com/firehose/latest/APIReference/API_CreateDeliveryStream.html

import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

const CONFIGURATION = { RoleARN: 'arn:aws:iam::000000000000:role/firehose', BucketARN: 'arn:aws:s3:::bucket' };

describe('a delivery stream', () => {
  test('is made, with AWS’s own defaults, and stores what is put', async () => {
    const stream = createTestStream({ transform: false });
    const other = { DeliveryStreamName: 'other' };

    const made = await stream.call('CreateDeliveryStream', {
      ...other,
      DeliveryStreamType: 'DirectPut',
      ExtendedS3DestinationConfiguration: CONFIGURATION,
    });
    const { DeliveryStreamDescription } = await stream.call('DescribeDeliveryStream', other);
    await stream.call('PutRecord', { ...other, Record: stream.toRecord('a') });
    await stream.pass(330_000);

    const s3 = {
      ...CONFIGURATION,
      Prefix: '',
      BufferingHints: { SizeInMBs: 5, IntervalInSeconds: 300 },
      CompressionFormat: 'UNCOMPRESSED',
      EncryptionConfiguration: { NoEncryptionConfig: 'NoEncryption' },
      CloudWatchLoggingOptions: { Enabled: false },
    };
    const arn = 'arn:aws:firehose:us-east-1:000000000000:deliverystream/other';
    expect(made).toEqual({ DeliveryStreamARN: arn });
    expect(DeliveryStreamDescription).toEqual({
      DeliveryStreamName: 'other',
      DeliveryStreamARN: arn,
      DeliveryStreamStatus: 'ACTIVE',
      DeliveryStreamEncryptionConfiguration: { Status: 'DISABLED' },
      DeliveryStreamType: 'DirectPut',
      VersionId: '1',
      CreateTimestamp: expect.any(Number),
      Destinations: [
        {
          DestinationId: 'destinationId-000000000001',
          S3DestinationDescription: s3,
          ExtendedS3DestinationDescription: {
            ...s3,
            ProcessingConfiguration: { Enabled: false, Processors: [] },
            S3BackupMode: 'Disabled',
          },
        },
      ],
      HasMoreDestinations: false,
    });
    expect(await stream.readAll()).toEqual(['a']);
  });

  test.each([
    ['a name that is taken', { DeliveryStreamName: 'stream' }, 'ResourceInUseException'],
    ['a name of 65 characters', { DeliveryStreamName: 'a'.repeat(65) }, 'ValidationException'],
    [
      'no bucket',
      { ExtendedS3DestinationConfiguration: { RoleARN: CONFIGURATION.RoleARN } },
      'InvalidArgumentException',
    ],
  ])('is refused with %s', async (_what, input, code) => {
    const make = createTestStream().call('CreateDeliveryStream', {
      DeliveryStreamName: 'other',
      ExtendedS3DestinationConfiguration: CONFIGURATION,
      ...input,
    });

    await expect(make).rejects.toMatchObject({ code });
  });

  test('is listed in the order of the names, ten at a time', async () => {
    const stream = createTestStream();
    for (let index = 0; index < 11; index++) {
      const DeliveryStreamName = `a-${String(index).padStart(2, '0')}`;
      await stream.call('CreateDeliveryStream', {
        DeliveryStreamName,
        ExtendedS3DestinationConfiguration: CONFIGURATION,
      });
    }
    const list = (input: object) => stream.account.call('firehose', 'ListDeliveryStreams', input);

    const first = await list({});
    expect(first).toMatchObject({ HasMoreDeliveryStreams: true });
    expect(first.DeliveryStreamNames).toHaveLength(10);
    expect(await list({ ExclusiveStartDeliveryStreamName: 'a-09' })).toEqual({
      DeliveryStreamNames: ['a-10', 'stream'],
      HasMoreDeliveryStreams: false,
    });
    expect(await list({ DeliveryStreamType: 'KinesisStreamAsSource' })).toMatchObject({ DeliveryStreamNames: [] });
  });

  test.each([
    ['was buffered', 60, { hasBucket: true }],
    ['was buffered for its transform', 0, { hasBucket: true, transform: { seconds: 60 } }],
    ['could not be stored yet', 0, { hasBucket: false }],
  ])('takes what %s with it when it is deleted', async (_what, s3Seconds, options) => {
    const stream = createTestStream({ transform: false, s3Seconds, ...options });
    await stream.put('a');
    await stream.pass(20_000);

    await stream.call('DeleteDeliveryStream');
    if (!options.hasBucket) stream.services.s3.createBucket('bucket');
    await stream.pass(600_000);

    expect(await stream.list()).toEqual([]);
    await expect(stream.put('b')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
