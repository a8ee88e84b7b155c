import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function createStream(shardCount = 1) {
  const account = createTestAccount();
  account.services.kinesis.createStream({ name: 'stream', shardCount });
  const call = (operation: string, input = {}) =>
    account.call('kinesis', operation, { StreamName: 'stream', ...input });
  const put = (Records: object[]) => call('PutRecords', { Records });
  const open = async (ShardIteratorType: string, options = {}) =>
    (await call('GetShardIterator', { ShardId: 'shardId-000000000000', ShardIteratorType, ...options })).ShardIterator;
  const get = (ShardIterator: unknown, options = {}) =>
    account.call('kinesis', 'GetRecords', { ShardIterator, ...options });
  const read = async (ShardIteratorType: string, options = {}): Promise<Record<string, string>[]> =>
    (await get(await open(ShardIteratorType, options))).Records as Record<string, string>[];
  const sumMetric = (metricName: string) => {
    const minutes = account.world.metrics.read(
      { namespace: 'AWS/Kinesis', metricName, dimensions: { StreamName: 'stream' } },
      { startMs: START_MS, endMs: START_MS + 3_600_000, asOfMs: account.world.clock.now() },
    );
    return minutes.reduce((total, { sum }) => total + sum, 0);
  };
  return { ...account, call, put, open, get, read, sumMetric };
}

const records = (...texts: string[]) => texts.map((text) => ({ Data: base64(text), PartitionKey: 'k' }));
const many = (count: number, Data = base64('x')) => Array.from({ length: count }, () => ({ Data, PartitionKey: 'k' }));
const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64');

describe('putRecords', () => {
  test('puts each record into the shard whose range its key hashes to', async () => {
    const stream = createStream(4);
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);

    const { Records } = await stream.put(keys.map((PartitionKey) => ({ Data: base64('x'), PartitionKey })));

    const expected = keys.map((key) => {
      const quarter = BigInt(`0x${createHash('md5').update(key).digest('hex')}`) / 2n ** 126n;
      return `shardId-00000000000${quarter}`;
    });
    expect((Records as { ShardId: string }[]).map(({ ShardId }) => ShardId)).toEqual(expected);
  });

  test('refuses the 1,001st record of a second, alone, and takes it in the next', async () => {
    const stream = createStream();
    await Promise.all([stream.put(many(500)), stream.put(many(499))]);

    const mixed = await stream.put(many(2));
    await stream.pass(1000);
    const taken = await stream.put(many(1));

    expect(mixed).toMatchObject({
      FailedRecordCount: 1,
      Records: [
        { ShardId: 'shardId-000000000000' },
        {
          ErrorCode: 'ProvisionedThroughputExceededException',
          ErrorMessage: 'Rate exceeded for shard shardId-000000000000 in stream stream under account 000000000000.',
        },
      ],
    });
    expect(taken).toMatchObject({ FailedRecordCount: 0 });
  });

  test('refuses what a shard cannot take in a second, and counts partition keys', async () => {
    const stream = createStream();
    const half = zeros(512 * 1024 - 1);

    const { Records } = await stream.put([...many(2, half), ...many(1, '')]);

    const refused = (Records as { ErrorCode?: string }[]).map(({ ErrorCode }) => ErrorCode !== undefined);
    expect(refused).toEqual([false, false, true]);
  });

  test.each([
    ['500 records', many(500), undefined],
    ['501 records', many(501), 'ValidationException'],
    ['a record of 1 MiB with its key', many(1, zeros(1_048_575)), undefined],
    ['a record of 1 MiB and a byte', many(1, zeros(1_048_576)), 'ValidationException'],
    ['10 MiB in all', many(10, zeros(1_048_575)), undefined],
    ['10 MiB and a byte', [...many(10, zeros(1_048_575)), ...many(1, '')], 'InvalidArgumentException'],
  ])('answers %s as AWS does', async (_what, Records, code) => {
    const put = createStream().put(Records);

    await (code ? expect(put).rejects.toMatchObject({ code }) : expect(put).resolves.toBeDefined());
  });
});

describe('putRecord', () => {
  test('answers with shard and sequence number, and throws where putRecords would fail the record', async () => {
    const stream = createStream();

    const answer = await stream.call('PutRecord', { Data: base64('x'), PartitionKey: 'k' });
    await Promise.all([stream.put(many(500)), stream.put(many(499))]);
    const throttled = stream.call('PutRecord', { Data: base64('x'), PartitionKey: 'k' });

    expect(answer).toEqual({ ShardId: 'shardId-000000000000', SequenceNumber: expect.stringMatching(/^\d{56}$/) });
    await expect(throttled).rejects.toMatchObject({ code: 'ProvisionedThroughputExceededException' });
  });
});

describe('getRecords', () => {
  test('gives records in order, with growing sequence numbers, from where the iterator stands', async () => {
    const stream = createStream();
    await stream.put(records('a', 'b', 'c'));

    const all = await stream.read('TRIM_HORIZON');
    const at = await stream.read('AT_SEQUENCE_NUMBER', { StartingSequenceNumber: all[1]?.SequenceNumber });
    const after = await stream.read('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: all[0]?.SequenceNumber });
    const afterLast = await stream.read('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: all[2]?.SequenceNumber });
    const latest = await stream.read('LATEST');

    expect(all.map(({ Data }) => Data)).toEqual(['a', 'b', 'c'].map(base64));
    expect(at.map(({ Data }) => Data)).toEqual(['b', 'c'].map(base64));
    expect(after.map(({ Data }) => Data)).toEqual(['b', 'c'].map(base64));
    expect(afterLast).toEqual([]);
    expect(latest).toEqual([]);
    const numbers = all.map(({ SequenceNumber }) => BigInt(SequenceNumber ?? 0));
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => (a < b ? -1 : 1)));
  });

  test('starts at a timestamp', async () => {
    const stream = createStream();
    await stream.put(records('a'));
    await stream.pass(10_000);
    await stream.put(records('b'));

    const since = await stream.read('AT_TIMESTAMP', { Timestamp: (START_MS + 10_000) / 1000 });

    expect(since.map(({ Data }) => Data)).toEqual([base64('b')]);
  });

  test('goes on where it ended, and tells how far behind it is', async () => {
    const stream = createStream();
    await stream.put(records('a', 'b', 'c'));
    await stream.pass(5000);

    const first = await stream.get(await stream.open('TRIM_HORIZON'), { Limit: 2 });
    const second = await stream.get(first.NextShardIterator);
    await stream.put(records('d'));
    const third = await stream.get(second.NextShardIterator);

    expect(first.Records).toHaveLength(2);
    expect(Math.floor(Number(first.MillisBehindLatest) / 1000)).toBe(5);
    expect(second).toMatchObject({ Records: [{ Data: base64('c') }], MillisBehindLatest: 0 });
    expect(third).toMatchObject({ Records: [{ Data: base64('d') }] });
  });

  test('gives 10 MiB at most', async () => {
    const stream = createStream();
    for (let second = 0; second < 11; second++) {
      await stream.put(many(1, zeros(1_000_000)));
      await stream.pass(1000);
    }

    const { Records } = await stream.get(await stream.open('TRIM_HORIZON'));

    expect(Records).toHaveLength(10);
  });

  test('answers five calls a second of each shard', async () => {
    const stream = createStream(2);
    const first = await stream.open('LATEST');
    const second = await stream.open('LATEST', { ShardId: 'shardId-000000000001' });
    for (let call = 0; call < 5; call++) await stream.get(first);

    await expect(stream.get(first)).rejects.toMatchObject({ code: 'ProvisionedThroughputExceededException' });
    await expect(stream.get(second)).resolves.toBeDefined();
    await stream.pass(1000);
    await expect(stream.get(first)).resolves.toBeDefined();
  });

  test('gives 2 MiB a second of each shard: after 10 MiB there is nothing for five seconds', async () => {
    const stream = createStream();
    for (let second = 0; second < 10; second++) {
      await stream.put(many(1, zeros(1_048_575)));
      await stream.pass(1000);
    }
    const iterator = await stream.open('TRIM_HORIZON');

    const small = await stream.get(iterator, { Limit: 1 });
    await stream.pass(1000);
    const { Records } = await stream.get(iterator);
    await stream.pass(4900);
    const refused = stream.get(iterator, { Limit: 1 });

    await expect(refused).rejects.toMatchObject({ code: 'ProvisionedThroughputExceededException' });
    await stream.pass(200);
    await expect(stream.get(small.NextShardIterator, { Limit: 1 })).resolves.toMatchObject({ Records: [{}] });
    expect(Records).toHaveLength(10);
  });

  test('refuses an iterator that is none', async () => {
    await expect(createStream().get('nonsense')).rejects.toMatchObject({ code: 'InvalidArgumentException' });
  });
});

describe('getShardIterator', () => {
  test.each([
    ['a sequence number of another stream', 'AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: '1'.repeat(56) }],
    ['a sequence number not given out yet', 'AT_SEQUENCE_NUMBER', { StartingSequenceNumber: '9'.repeat(56) }],
    ['no sequence number', 'AT_SEQUENCE_NUMBER', {}],
    ['no timestamp', 'AT_TIMESTAMP', {}],
    ['a timestamp in the future', 'AT_TIMESTAMP', { Timestamp: START_MS / 1000 + 60 }],
  ])('refuses %s', async (_what, type, options) => {
    await expect(createStream().open(type, options)).rejects.toMatchObject({ code: 'InvalidArgumentException' });
  });

  test('starts at the number that a shard is said to start with', async () => {
    const stream = createStream();
    const { Shards } = await stream.call('ListShards');
    const [shard] = Shards as { SequenceNumberRange: { StartingSequenceNumber: string } }[];
    await stream.put(records('a'));

    const all = await stream.read('AT_SEQUENCE_NUMBER', shard?.SequenceNumberRange);

    expect(all).toHaveLength(1);
  });

  test('names a shard that does not exist', async () => {
    await expect(createStream().open('LATEST', { ShardId: 'shardId-000000000001' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});

describe('describeStream', () => {
  test('shows shards that share all hash keys between them, page by page', async () => {
    const stream = createStream(3);

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
    await expect(createStream().call(operation, { StreamName: 'other' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      message: 'Stream other under account 000000000000 not found.',
    });
  });
});

test('CloudWatch counts what was taken, with its bytes, and what was not', async () => {
  const stream = createStream();
  await Promise.all([stream.put(many(500)), stream.put(many(500))]);
  await stream.put(many(3));

  await stream.pass(600_000);

  expect(stream.sumMetric('IncomingRecords')).toBe(1000);
  expect(stream.sumMetric('IncomingBytes')).toBe(2000);
  expect(stream.sumMetric('WriteProvisionedThroughputExceeded')).toBe(3);
});

test('createStream refuses a name that is taken and a stream without shards', () => {
  const { kinesis } = createStream().services;

  expect(() => kinesis.createStream({ name: 'stream', shardCount: 1 })).toThrow('already exists');
  expect(() => kinesis.createStream({ name: 'other', shardCount: 0 })).toThrow('at least one shard, got 0');
});
