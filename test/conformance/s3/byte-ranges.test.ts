// Rule: a read gives the range of bytes that it asks for, cut at the object's end; a range with nothing in it is refused.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/range-get-olap.html

import { expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

test.each([
  ['bytes=0-0', '0', 'bytes 0-0/10'],
  ['bytes=2-4', '234', 'bytes 2-4/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=-11', '0123456789', 'bytes 0-9/10'],
  ['bytes=9-99', '9', 'bytes 9-9/10'],
])('%s of ten bytes gives %s', async (Range, body, ContentRange) => {
  const { put, s3 } = createTestBucket();
  await put('k', '0123456789');

  const object = await s3('GetObject', { Key: 'k', Range });

  expect(object).toMatchObject({ Body: Buffer.from(body), ContentRange, ContentLength: body.length });
});

test.each(['bytes=10-', 'bytes=10-12', 'bytes=-0'])('%s of ten bytes is not satisfiable', async (Range) => {
  const { put, s3 } = createTestBucket();
  await put('k', '0123456789');

  await expect(s3('GetObject', { Key: 'k', Range })).rejects.toMatchObject({
    code: 'InvalidRange',
    status: 416,
    details: { RangeRequested: Range, ActualObjectSize: '10' },
  });
});

test('no range of an empty object is satisfiable', async () => {
  const { put, s3 } = createTestBucket();
  await put('k');

  await expect(s3('GetObject', { Key: 'k', Range: 'bytes=0-' })).rejects.toMatchObject({ code: 'InvalidRange' });
});

test.each(['bytes=0-1,3-4', 'bytes=4-2', 'lines=0-1', 'bytes=-'])(
  '%s is no range that S3 knows, and the whole object is the answer',
  async (Range) => {
    const { put, s3 } = createTestBucket();
    await put('k', '0123456789');

    const object = await s3('GetObject', { Key: 'k', Range });

    expect(object).toMatchObject({ ContentLength: 10 });
    expect(object).not.toHaveProperty('ContentRange');
  },
);
