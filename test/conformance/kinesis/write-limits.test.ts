// Rule: a shard takes 1,000 records and 1 MiB a second; records beyond that fail alone, and a larger record is paid for in the seconds
//   after it.
// Source: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html

import { describe, expect, test } from 'vitest';
import { createTestStream, many, zeros } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

describe('a shard', () => {
  test('refuses the 1,001st record of a second, alone, and takes it in the next', async () => {
    const stream = createTestStream();
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
    const stream = createTestStream();
    const half = zeros(512 * 1024 - 1);

    const { Records } = await stream.put([...many(2, half), ...many(1, '')]);

    const refused = (Records as { ErrorCode?: string }[]).map(({ ErrorCode }) => ErrorCode !== undefined);
    expect(refused).toEqual([false, false, true]);
  });

  test('takes a record of 4 MiB at once, and then nothing for four seconds', async () => {
    const stream = createTestStream(1, { recordKibMax: 10_240 });

    const large = await stream.put(many(1, zeros(4 * 1024 * 1024 - 1)));
    await stream.pass(3900);
    const early = await stream.put(many(1));
    await stream.pass(200);
    const late = await stream.put(many(1));

    expect([large, early, late].map(({ FailedRecordCount }) => FailedRecordCount)).toEqual([0, 1, 0]);
  });
});
