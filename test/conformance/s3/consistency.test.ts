// Rule: what was put, replaced or deleted is so for every read and listing from then on.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel

import { expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

test('an object is there as soon as its put has been answered, as it was put last', async () => {
  const { put, read, listKeys } = createTestBucket();

  await put('k', 'old');
  await put('k', 'new');

  expect(await read('k')).toBe('new');
  expect(await listKeys()).toEqual(['k']);
});

test('an object is gone as soon as its deletion has been answered', async () => {
  const { put, s3, listKeys } = createTestBucket();
  await put('k');

  await s3('DeleteObject', { Key: 'k' });

  await expect(s3('GetObject', { Key: 'k' })).rejects.toMatchObject({ code: 'NoSuchKey' });
  expect(await listKeys()).toEqual([]);
});
