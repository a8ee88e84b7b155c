// Rule: an iterator starts at the oldest record, at the end, at a sequence number or at a time, and is good for five minutes.
// Source: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_GetShardIterator.html

import { describe, expect, test } from 'vitest';
import { START_MS } from '../../../emulator/create-test-account.fixture.ts';
import { base64, createTestStream, records } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

describe('an iterator', () => {
  test('gives records in order, with growing sequence numbers, from where the iterator stands', async () => {
    const stream = createTestStream();
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
    const stream = createTestStream();
    await stream.put(records('a'));
    await stream.pass(10_000);
    await stream.put(records('b'));

    const since = await stream.read('AT_TIMESTAMP', { Timestamp: (START_MS + 10_000) / 1000 });

    expect(since.map(({ Data }) => Data)).toEqual([base64('b')]);
  });

  test('goes on where it ended, and tells how far behind it is', async () => {
    const stream = createTestStream();
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

  test('refuses an iterator that is none', async () => {
    await expect(createTestStream().get('nonsense')).rejects.toMatchObject({ code: 'InvalidArgumentException' });
  });

  test.each([
    ['a sequence number of another stream', 'AFTER_SEQUENCE_NUMBER', { StartingSequenceNumber: '1'.repeat(56) }],
    ['a sequence number not given out yet', 'AT_SEQUENCE_NUMBER', { StartingSequenceNumber: '9'.repeat(56) }],
    ['no sequence number', 'AT_SEQUENCE_NUMBER', {}],
    ['no timestamp', 'AT_TIMESTAMP', {}],
    ['a timestamp in the future', 'AT_TIMESTAMP', { Timestamp: START_MS / 1000 + 60 }],
  ])('refuses %s', async (_what, type, options) => {
    await expect(createTestStream().open(type, options)).rejects.toMatchObject({ code: 'InvalidArgumentException' });
  });

  test('starts at the number that a shard is said to start with', async () => {
    const stream = createTestStream();
    const { Shards } = await stream.call('ListShards');
    const [shard] = Shards as { SequenceNumberRange: { StartingSequenceNumber: string } }[];
    await stream.put(records('a'));

    const all = await stream.read('AT_SEQUENCE_NUMBER', shard?.SequenceNumberRange);

    expect(all).toHaveLength(1);
  });

  test('names a shard that does not exist', async () => {
    await expect(createTestStream().open('LATEST', { ShardId: 'shardId-000000000001' })).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  test.each([
    [300_000 - 1000, true],
    [300_000 + 1000, false],
  ])('is good after %i ms: %s', async (ageMs, isGood) => {
    const stream = createTestStream();
    const iterator = await stream.open('LATEST');

    await stream.pass(ageMs);

    const get = stream.get(iterator);
    await (isGood
      ? expect(get).resolves.toMatchObject({ Records: [] })
      : expect(get).rejects.toMatchObject({
          code: 'ExpiredIteratorException',
          message: expect.stringMatching(
            /^Iterator expired\. The iterator was created at time Thu Jan 01 00:00:00 UTC 2026 while right now it is Thu Jan 01 00:05:01 UTC 2026 which is further in the future than the tolerated delay of 300000 milliseconds\.$/,
          ),
        }));
  });
});
