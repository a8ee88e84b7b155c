// Rule: streams are made, described, listed in pages and deleted; a name is taken once.
// Source: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html

import { describe, expect, test } from 'vitest';
import { createTestStream, many, records } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

describe('describeStream', () => {
  test('shows shards that share all hash keys between them, page by page', async () => {
    const stream = createTestStream(3);

    const first = await stream.call('DescribeStream', { Limit: 2 });
    const second = await stream.call('DescribeStream', { ExclusiveStartShardId: 'shardId-000000000001' });

    const third = (2n ** 128n - 1n) / 3n;
    expect(first).toMatchObject({
      StreamDescription: {
        StreamName: 'stream',
        StreamStatus: 'ACTIVE',
        HasMoreShards: true,
        Shards: [
          {
            ShardId: 'shardId-000000000000',
            HashKeyRange: { StartingHashKey: '0', EndingHashKey: String(third - 1n) },
          },
          { ShardId: 'shardId-000000000001' },
        ],
      },
    });
    expect(second).toMatchObject({
      StreamDescription: {
        HasMoreShards: false,
        Shards: [{ ShardId: 'shardId-000000000002', HashKeyRange: { EndingHashKey: String(2n ** 128n - 1n) } }],
      },
    });
  });

  test.each(['DescribeStream', 'DescribeStreamSummary'])('%s names a stream that does not exist', async (operation) => {
    await expect(createTestStream().call(operation, { StreamName: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Stream other under account 000000000000 not found.',
    });
  });
});

describe('a stream', () => {
  test('is made, put to and deleted', async () => {
    const stream = createTestStream();
    const other = { StreamName: 'other' };

    await stream.call('CreateStream', { ...other, ShardCount: 2, MaxRecordSizeInKiB: 2048 });
    const summary = await stream.call('DescribeStreamSummary', other);
    await stream.call('PutRecords', { ...other, Records: many(2) });
    await stream.call('DeleteStream', other);

    expect(summary).toMatchObject({
      StreamDescriptionSummary: {
        StreamARN: 'arn:aws:kinesis:us-east-1:000000000000:stream/other',
        StreamStatus: 'ACTIVE',
        OpenShardCount: 2,
        RetentionPeriodHours: 24,
        MaxRecordSizeInKiB: 2048,
      },
    });
    await expect(stream.call('PutRecords', { ...other, Records: many(2) })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test('is deleted once', async () => {
    const stream = createTestStream();
    await stream.call('DeleteStream');

    await expect(stream.call('DeleteStream')).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });

  test.each([
    ['a name that is taken', { StreamName: 'stream', ShardCount: 1 }, 'ResourceInUseException'],
    ['a name with a space', { StreamName: 'a b', ShardCount: 1 }, 'ValidationException'],
    ['no shard', { StreamName: 'other', ShardCount: 0 }, 'ValidationException'],
    ['more shards than the account may have', { StreamName: 'other', ShardCount: 20_000 }, 'LimitExceededException'],
    [
      'records of 1 MiB less a KiB',
      { StreamName: 'other', ShardCount: 1, MaxRecordSizeInKiB: 1023 },
      'ValidationException',
    ],
  ])('is refused with %s', async (_what, input, code) => {
    await expect(createTestStream().call('CreateStream', input)).rejects.toMatchObject({ code });
  });

  test('is listed in the order of the names, in pages', async () => {
    const stream = createTestStream();
    for (const StreamName of ['z', 'a']) await stream.call('CreateStream', { StreamName, ShardCount: 1 });
    const list = (input: object) => stream.account.call('kinesis', 'ListStreams', input);

    const first = await list({ Limit: 2 });
    const second = await list({ Limit: 2, NextToken: first.NextToken });

    expect(first).toMatchObject({
      StreamNames: ['a', 'stream'],
      HasMoreStreams: true,
      StreamSummaries: [{ StreamName: 'a', StreamStatus: 'ACTIVE' }, { StreamName: 'stream' }],
    });
    expect(second).toMatchObject({ StreamNames: ['z'], HasMoreStreams: false });
    expect(await list({ ExclusiveStartStreamName: 'stream' })).toMatchObject({ StreamNames: ['z'] });
  });

  test('shows its shards in pages, which need no name', async () => {
    const stream = createTestStream(3);

    const first = await stream.call('ListShards', { MaxResults: 2 });
    const second = await stream.call('ListShards', { StreamName: undefined, NextToken: first.NextToken });

    expect(first.Shards).toHaveLength(2);
    expect(second).toEqual({ Shards: [expect.objectContaining({ ShardId: 'shardId-000000000002' })] });
  });

  test('goes with its records when its stack goes', async () => {
    const stream = createTestStream();
    const { kinesis } = stream.services;
    await stream.put(records('a'));

    kinesis.deleteStream('stream');
    kinesis.createStream({ name: 'stream', shardCount: 1 });

    expect(await stream.read('TRIM_HORIZON')).toEqual([]);
  });
});

test('createStream refuses a name that is taken and a stream without shards', () => {
  const { kinesis } = createTestStream().services;

  expect(() => kinesis.createStream({ name: 'stream', shardCount: 1 })).toThrow('already exists');
  expect(() => kinesis.createStream({ name: 'other', shardCount: 0 })).toThrow('at least one shard, got 0');
});
