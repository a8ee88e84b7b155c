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
