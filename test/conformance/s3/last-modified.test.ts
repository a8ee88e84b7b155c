// Rule: LastModified has whole seconds, of when the object was put.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html

import { expect, test } from 'vitest';
import { createTestBucket, START_MS } from '../../../emulator/s3/create-test-bucket.fixture.ts';

test('an object put late in a second is of that second', async () => {
  const { put, s3, pass } = createTestBucket();
  await pass(2500);

  await put('k');

  expect(await s3('HeadObject', { Key: 'k' })).toMatchObject({ LastModified: START_MS / 1000 + 2 });
});
