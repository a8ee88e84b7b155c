// A stream in an account of its own: for tests of Kinesis.

import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';
import type { StreamProps } from './stream.ts';

export const base64 = (text: string) => Buffer.from(text).toString('base64');

export function createTestStream(shardCount = 1, props: Partial<StreamProps> = {}) {
  const account = createTestAccount();
  account.services.kinesis.createStream({ name: 'stream', shardCount, ...props });
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
  return { ...account, account, call, put, open, get, read, sumMetric };
}

export const records = (...texts: string[]) => texts.map((text) => ({ Data: base64(text), PartitionKey: 'k' }));
/** The same record, so many times. */
export const many = (count: number, Data = base64('x')) =>
  Array.from({ length: count }, () => ({ Data, PartitionKey: 'k' }));
/** So many bytes, in base64. */
export const zeros = (bytes: number) => Buffer.alloc(bytes).toString('base64');
