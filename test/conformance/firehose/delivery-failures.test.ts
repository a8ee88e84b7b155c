// Rule: what cannot be stored is kept and tried again for 24 hours.
// Source: https://docs.aws.amazon.com/firehose/latest/dev/basic-deliver.html

import { describe, expect, test } from 'vitest';
import { createTestStream } from '../../../emulator/firehose/create-test-stream.fixture.ts';

describe('an object', () => {
  test.each([30, 60])('is tried again until it is in the bucket, with an interval of %i s', async (s3Seconds) => {
    const stream = createTestStream({ transform: false, s3Seconds, hasBucket: false });

    await stream.put('a');
    await stream.pass(200_000);
    stream.services.s3.createBucket('bucket');
    await stream.pass(300_000);

    expect(await stream.readAll()).toEqual(['a']);
    expect(stream.sumMetric('DeliveryToS3.Success')).toBe(1);
    expect(stream.sumMetric('DeliveryToS3.Records')).toBe(1);
  });

  test('is given up after a day', async () => {
    const stream = createTestStream({ transform: false, hasBucket: false });

    await stream.put('a');
    await stream.pass(25 * 3_600_000);
    stream.services.s3.createBucket('bucket');
    await stream.pass(3_600_000);

    expect(await stream.readAll()).toEqual([]);
  });
});
