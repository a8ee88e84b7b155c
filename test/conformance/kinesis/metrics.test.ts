// Rule: AWS/Kinesis shows by stream what came in and was read, calls that succeeded, records of PutRecords, and throttles.
// Source: https://docs.aws.amazon.com/streams/latest/dev/monitoring-with-cloudwatch.html

import { describe, expect, test } from 'vitest';
import { base64, createTestStream, many, records } from '../../../emulator/kinesis/create-test-stream.fixture.ts';

async function countAfter(work: (stream: ReturnType<typeof createTestStream>) => Promise<unknown>) {
  const stream = createTestStream();
  await work(stream);
  await stream.pass(600_000);
  return (...names: string[]) => Object.fromEntries(names.map((name) => [name, stream.sumMetric(name)]));
}

describe('CloudWatch', () => {
  test('counts what PutRecords took and did not take', async () => {
    const count = await countAfter(async (stream) => {
      await Promise.all([stream.put(many(500)), stream.put(many(498))]);
      await stream.put(many(4));
      await stream.put(many(3));
    });

    expect(
      count(
        'IncomingRecords',
        'IncomingBytes',
        'WriteProvisionedThroughputExceeded',
        'PutRecords.Success',
        'PutRecords.Bytes',
        'PutRecords.TotalRecords',
        'PutRecords.SuccessfulRecords',
        'PutRecords.ThrottledRecords',
        'PutRecords.FailedRecords',
      ),
    ).toEqual({
      IncomingRecords: 1000,
      IncomingBytes: 2000,
      WriteProvisionedThroughputExceeded: 5,
      // One record of a call is enough.
      'PutRecords.Success': 3,
      'PutRecords.Bytes': 2000,
      'PutRecords.TotalRecords': 1005,
      'PutRecords.SuccessfulRecords': 1000,
      'PutRecords.ThrottledRecords': 5,
      'PutRecords.FailedRecords': 0,
    });
  });

  test('counts what PutRecord took', async () => {
    const count = await countAfter((stream) => stream.call('PutRecord', { Data: base64('abc'), PartitionKey: 'k' }));

    expect(count('IncomingRecords', 'PutRecord.Bytes', 'PutRecord.Success', 'PutRecords.TotalRecords')).toEqual({
      IncomingRecords: 1,
      'PutRecord.Bytes': 4,
      'PutRecord.Success': 1,
      'PutRecords.TotalRecords': 0,
    });
  });

  test('counts what GetRecords gave, how old it was, and calls beyond five a second', async () => {
    const count = await countAfter(async (stream) => {
      await stream.put(records('abc', 'de'));
      const iterator = await stream.open('TRIM_HORIZON');
      await stream.pass(10_000);
      await stream.get(iterator);
      const latest = await stream.open('LATEST');
      for (let call = 0; call < 4; call++) await stream.get(latest);
      await expect(stream.get(latest)).rejects.toThrow();
    });

    const counted = count(
      'GetRecords.Success',
      'GetRecords.Records',
      'GetRecords.Bytes',
      'ReadProvisionedThroughputExceeded',
    );
    const ageMs = count('GetRecords.IteratorAgeMilliseconds')['GetRecords.IteratorAgeMilliseconds'];
    expect(counted).toEqual({
      'GetRecords.Success': 5,
      'GetRecords.Records': 2,
      'GetRecords.Bytes': 5,
      ReadProvisionedThroughputExceeded: 1,
    });
    expect(ageMs).toBeGreaterThan(10_000);
    expect(ageMs).toBeLessThan(11_000);
  });
});
