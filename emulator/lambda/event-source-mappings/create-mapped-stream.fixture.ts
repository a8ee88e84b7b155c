// A stream that can be mapped to a function, in an account of its own, and what tests want to know of it.

import { createTestAccount, START_MS } from '../../create-test-account.fixture.ts';
import type { MappingProps } from './mapping-settings.ts';

export const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
/** Code that logs the data of its records. */
export const LOG_RECORDS =
  'exports.handler = async (event) => { console.log(event.Records.map((r) => Buffer.from(r.kinesis.data, "base64")).join(",")); };';

export function createMappedStream(
  options: Partial<MappingProps> & { code?: string; shardCount?: number; seed?: number } = {},
) {
  const { code = LOG_RECORDS, shardCount = 1, seed, ...settings } = options;
  const account = createTestAccount(seed === undefined ? {} : { seed });
  account.services.kinesis.createStream({ name: 'stream', shardCount });
  account.createFunction(code);
  const readsMs: number[] = [];
  account.world.gateway.observe(({ operation }) => {
    if (operation === 'GetRecords') readsMs.push(account.world.clock.now() - START_MS);
  });
  let next = 0;
  return {
    ...account,
    readsMs,
    map: () =>
      account.services.lambda.mappings.create({
        functionName: 'tested',
        eventSourceArn: STREAM_ARN,
        batchSize: 100,
        windowSeconds: 0,
        reportBatchItemFailures: false,
        startingPosition: 'TRIM_HORIZON',
        ...settings,
      }),
    put: (count: number, { bytes = 0, keys = 1 } = {}) =>
      account.call('kinesis', 'PutRecords', {
        StreamName: 'stream',
        Records: Array.from({ length: count }, () => ({
          Data: Buffer.from(String(next++).padEnd(bytes)).toString('base64'),
          PartitionKey: `key ${next % keys}`,
        })),
      }),
    readFunctionMetric: (metricName: string) =>
      account.world.metrics.read(
        { namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: 'tested' } },
        { startMs: START_MS, endMs: account.world.clock.now(), asOfMs: account.world.clock.now() },
      ),
    batches: () => account.services.lambda.logsOf('tested').filter((line) => /^\d/.test(line)),
  };
}
