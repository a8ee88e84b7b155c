// Rule: a record goes to the shard into whose range the MD5 of its partition key falls, or its explicit hash key.
// Source: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecords.html

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { base64, createTestStream, many, records } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

describe('a record', () => {
  test('goes into the shard whose range its key hashes to', async () => {
    const stream = createTestStream(4);
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);

    const { Records } = await stream.put(keys.map((PartitionKey) => ({ Data: base64('x'), PartitionKey })));

    const expected = keys.map((key) => {
      const quarter = BigInt(`0x${createHash('md5').update(key).digest('hex')}`) / 2n ** 126n;
      return `shardId-00000000000${quarter}`;
    });
    expect((Records as { ShardId: string }[]).map(({ ShardId }) => ShardId)).toEqual(expected);
  });

  test('is answered with shard and sequence number, and PutRecord throws where PutRecords would fail it alone', async () => {
    const stream = createTestStream();

    const answer = await stream.call('PutRecord', { Data: base64('x'), PartitionKey: 'k' });
    await Promise.all([stream.put(many(500)), stream.put(many(499))]);
    const throttled = stream.call('PutRecord', { Data: base64('x'), PartitionKey: 'k' });

    expect(answer).toEqual({ ShardId: 'shardId-000000000000', SequenceNumber: expect.stringMatching(/^\d{56}$/) });
    await expect(throttled).rejects.toMatchObject({ code: 'ProvisionedThroughputExceededException' });
  });

  test.each([
    ['0', 0],
    [String(2n ** 126n - 1n), 0],
    [String(2n ** 126n), 1],
    [String(2n ** 128n - 1n), 3],
  ])('goes by its explicit hash key %s to shard %i', async (ExplicitHashKey, shard) => {
    const stream = createTestStream(4);

    const { Records } = await stream.put([{ ...records('a')[0], ExplicitHashKey }]);

    expect(Records).toMatchObject([{ ShardId: `shardId-00000000000${shard}` }]);
  });

  test.each([
    [String(2n ** 128n), 'InvalidArgumentException'],
    ['-1', 'ValidationException'],
    ['0x1', 'ValidationException'],
    ['01', 'ValidationException'],
  ])('is refused with the explicit hash key %s', async (ExplicitHashKey, code) => {
    const stream = createTestStream();

    await expect(stream.put([{ ...records('a')[0], ExplicitHashKey }])).rejects.toMatchObject({ code });
    await expect(stream.read('TRIM_HORIZON')).resolves.toEqual([]);
  });
});
