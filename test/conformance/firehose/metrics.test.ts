// Rule: AWS/Firehose shows by stream what came in, in how many calls, what was transformed, and what was delivered how late.
// Source: https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html

import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

async function countAfter(options: object, work: (stream: ReturnType<typeof createTestStream>) => Promise<unknown>) {
  const stream = createTestStream(options);
  await work(stream);
  await stream.pass(600_000);
  return (...names: string[]) => names.map((name) => stream.sumMetric(name));
}

describe('CloudWatch', () => {
  test('counts records, bytes and calls of each kind', async () => {
    const count = await countAfter({}, async (stream) => {
      await stream.put('a', 'bcd');
      await stream.call('PutRecord', { Record: stream.toRecord('ef') });
    });

    expect(count('IncomingRecords', 'IncomingBytes', 'IncomingPutRequests')).toEqual([3, 6, 2]);
    expect(count('PutRecord.Requests', 'PutRecord.Bytes')).toEqual([1, 2]);
    expect(count('PutRecordBatch.Requests', 'PutRecordBatch.Records', 'PutRecordBatch.Bytes')).toEqual([1, 2, 4]);
  });

  test('counts what was delivered as it came in, and how old it was, in seconds', async () => {
    const code = `exports.handler = async ({ records }) => ({
      records: records.map(({ recordId }) => ({ recordId, data: 'bG9uZ2Vy', result: 'Ok' })),
    });`;
    const count = await countAfter({ code, transform: { seconds: 10 }, s3Seconds: 60 }, (stream) =>
      stream.put('a', 'b'),
    );

    const [freshnessSeconds] = count('DeliveryToS3.DataFreshness');
    expect(count('DeliveryToS3.Records', 'DeliveryToS3.Bytes', 'DeliveryToS3.Success')).toEqual([2, 2, 1]);
    expect(freshnessSeconds).toBeGreaterThan(70);
    expect(freshnessSeconds).toBeLessThan(90);
  });

  test('counts invocations that succeeded, and records that came out of them or were dropped', async () => {
    const code = `exports.handler = async ({ records }) => ({
      records: records.map(({ recordId, data }, index) => ({
        recordId,
        data,
        result: ['Ok', 'ProcessingFailed', 'Dropped'][index],
      })),
    });`;
    const count = await countAfter({ code }, (stream) => stream.put('a', 'bb', 'ccc'));

    expect(count('ExecuteProcessing.Success', 'SucceedProcessing.Records', 'SucceedProcessing.Bytes')).toEqual([
      1, 2, 4,
    ]);
    expect(count('ExecuteProcessing.Duration')[0]).toBeGreaterThan(0);
  });

  test('counts no success of invocations that failed', async () => {
    const code = 'exports.handler = async () => { throw new Error("no"); };';
    const count = await countAfter({ code }, (stream) => stream.put('a'));

    expect(count('ExecuteProcessing.Success', 'SucceedProcessing.Records')).toEqual([0, 0]);
    expect(count('ExecuteProcessing.Duration')[0]).toBeGreaterThan(0);
  });
});
