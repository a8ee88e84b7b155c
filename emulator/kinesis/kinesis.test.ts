import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

function createStream(shardCount = 1) {
  const account = createTestAccount();
  account.services.kinesis.createStream({ name: 'stream', shardCount });
  const put = (Records: object[]) => account.call('kinesis', 'PutRecords', { StreamName: 'stream', Records });
  const read = async (ShardIteratorType: string, options = {}): Promise<Record<string, string>[]> => {
    const { ShardIterator } = await account.call('kinesis', 'GetShardIterator', {
      StreamName: 'stream',
      ShardId: 'shardId-000000000000',
      ShardIteratorType,
      ...options,
    });
    return (await account.call('kinesis', 'GetRecords', { ShardIterator })).Records as Record<string, string>[];
  };
  return { ...account, put, read };
}

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
    const records = Array.from({ length: 500 }, () => ({ Data: base64('x'), PartitionKey: 'a' }));
    await Promise.all([stream.put(records), stream.put(records)]);

    const refused = await stream.put(records.slice(0, 1));
    await stream.pass(1000);
    const taken = await stream.put(records.slice(0, 1));

    expect(refused).toMatchObject({
      FailedRecordCount: 1,
      Records: [{ ErrorCode: 'ProvisionedThroughputExceededException' }],
    });
    expect(taken).toMatchObject({ FailedRecordCount: 0 });
  });

  test.each([
    [500, true],
    [501, false],
  ])('with %i records is taken: %s', async (count, isTaken) => {
    const put = createStream().put(Array.from({ length: count }, () => ({ Data: '', PartitionKey: 'a' })));

    await (isTaken
      ? expect(put).resolves.toBeDefined()
      : expect(put).rejects.toMatchObject({ code: 'ValidationException' }));
  });
});

describe('getRecords', () => {
  test('gives records in order, with growing sequence numbers, from where the iterator stands', async () => {
    const stream = createStream();
    await stream.put(['a', 'b', 'c'].map((text) => ({ Data: base64(text), PartitionKey: 'k' })));

    const all = await stream.read('TRIM_HORIZON');
    const later = await stream.read('AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: all[0]?.SequenceNumber });
    const none = await stream.read('LATEST');

    expect(all.map(({ Data }) => Data)).toEqual(['a', 'b', 'c'].map(base64));
    expect(later.map(({ Data }) => Data)).toEqual(['b', 'c'].map(base64));
    expect(none).toEqual([]);
    const numbers = all.map(({ SequenceNumber }) => BigInt(SequenceNumber ?? 0));
    expect(numbers[0]).toBeLessThan(numbers[1] ?? 0n);
    expect(numbers[1]).toBeLessThan(numbers[2] ?? 0n);
  });
});
