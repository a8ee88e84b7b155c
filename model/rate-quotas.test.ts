import { describe, expect, test } from 'vitest';
import { findReachedQuotas, type Load } from './rate-quotas.ts';
import type { Service } from './service.ts';

/** Takes next to nothing of any quota. */
const LITTLE: Load = {
  messagesPerSecond: 1,
  bytesPerSecond: 1,
  entriesPerSecond: 1,
  callsPerSecond: 1,
  invocationsPerSecond: 1,
  concurrency: 0.01,
  putsPerSecond: 1,
};

/** A quota in a Region, how much there is of it, and a load that takes `value` of it. */
const quotas: [service: Service, region: string, quota: string, max: number, load: (value: number) => Partial<Load>][] =
  [
    ['eventbridge', 'us-east-1', 'PutEvents calls/s', 10_000, (callsPerSecond) => ({ callsPerSecond })],
    ['eventbridge', 'eu-central-1', 'PutEvents calls/s', 2400, (callsPerSecond) => ({ callsPerSecond })],
    ['eventbridge', 'us-east-1', 'target invocations/s', 18_750, (entriesPerSecond) => ({ entriesPerSecond })],
    ['firehose', 'us-east-1', 'records/s', 500_000, (entriesPerSecond) => ({ entriesPerSecond })],
    ['firehose', 'us-east-1', 'put calls/s', 2000, (callsPerSecond) => ({ callsPerSecond })],
    ['firehose', 'us-east-1', 'bytes/s', 5_242_880, (bytesPerSecond) => ({ bytesPerSecond })],
    ['firehose', 'eu-west-2', 'bytes/s', 1_048_576, (bytesPerSecond) => ({ bytesPerSecond })],
    ['eventbridge', 'us-east-1', 'concurrent invocations', 1000, (concurrency) => ({ concurrency })],
    [
      'sqs',
      'us-east-1',
      'concurrent invocations of one event source mapping',
      1250,
      (concurrency) => ({ concurrency }),
    ],
    // Batches of a hundred: five that fill, and the others under way.
    [
      'sqs',
      'us-east-1',
      'messages in flight',
      120_000,
      (messages) => ({ messagesPerSecond: 100, concurrency: messages / 100 - 5 }),
    ],
    ['kinesis', 'us-east-1', 'shards', 20_000, (shards) => ({ messagesPerSecond: shards * 1000 })],
    ['kinesis', 'us-west-2', 'shards', 20_000, (shards) => ({ bytesPerSecond: shards * 1_000_000 })],
    ['kinesis', 'eu-west-1', 'shards', 20_000, (concurrency) => ({ concurrency })],
    [
      'kinesis',
      'eu-west-2',
      'shards (in some Regions 6,000)',
      1000,
      (shards) => ({ messagesPerSecond: shards * 1000 }),
    ],
    ['eventbridge', 'us-east-1', 'S3 PUT requests/s to one prefix', 3500, (putsPerSecond) => ({ putsPerSecond })],
    ['sqs', 'us-east-1', 'S3 PUT requests/s to one prefix', 3500, (putsPerSecond) => ({ putsPerSecond })],
    ['kinesis', 'us-east-1', 'S3 PUT requests/s to one prefix', 3500, (putsPerSecond) => ({ putsPerSecond })],
    ['firehose', 'us-east-1', 'S3 PUT requests/s to one prefix', 3500, (putsPerSecond) => ({ putsPerSecond })],
  ];

describe('findReachedQuotas', () => {
  test.each(quotas)('%s in %s reaches the quota of %s at %i, and not one below', (...row) => {
    const [service, region, quota, max, load] = row;
    const find = (value: number) =>
      findReachedQuotas(service, { ...LITTLE, ...load(value) }, region).find((use) => use.quota === quota);

    expect(find(max - 1)).toBeUndefined();
    expect(find(max)).toEqual({ quota, value: max, max });
    expect(find(max + 1)).toEqual({ quota, value: max + 1, max });
  });

  test('finds none for a small load', () => {
    for (const service of ['eventbridge', 'sqs', 'kinesis', 'firehose'] as const) {
      expect(findReachedQuotas(service, LITTLE, 'us-east-1')).toEqual([]);
    }
  });
});
