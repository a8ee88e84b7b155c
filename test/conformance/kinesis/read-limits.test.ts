// Rule: a shard answers five calls and 2 MiB a second; a call gives 10 MiB at most, after which there is nothing for five seconds.
// Source: https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html

import { describe, expect, test } from 'vitest';
import { createTestStream, many, zeros } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

describe('a shard', () => {
  test('gives 10 MiB at most', async () => {
    const stream = createTestStream();
    for (let second = 0; second < 11; second++) {
      await stream.put(many(1, zeros(1_000_000)));
      await stream.pass(1000);
    }

    const { Records } = await stream.get(await stream.open('TRIM_HORIZON'));

    expect(Records).toHaveLength(10);
  });

  test('answers five calls a second of each shard', async () => {
    const stream = createTestStream(2);
    const first = await stream.open('LATEST');
    const second = await stream.open('LATEST', { ShardId: 'shardId-000000000001' });
    for (let call = 0; call < 5; call++) await stream.get(first);

    await expect(stream.get(first)).rejects.toMatchObject({ code: 'ProvisionedThroughputExceededException' });
    await expect(stream.get(second)).resolves.toBeDefined();
    await stream.pass(1000);
    await expect(stream.get(first)).resolves.toBeDefined();
  });

  test('gives 2 MiB a second of each shard: after 10 MiB there is nothing for five seconds', async () => {
    const stream = createTestStream();
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
});
