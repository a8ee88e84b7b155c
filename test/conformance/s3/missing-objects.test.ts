// Rule: what is not there is NoSuchKey (404) to those who may list the bucket, and AccessDenied (403) to all others.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html

import { expect, test } from 'vitest';
import { createRestrictedAccount } from '../../../emulator/s3/create-restricted-account.fixture.ts';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

test.each(['GetObject', 'HeadObject', 'GetObjectTagging'])(
  '%s of what is not there is NoSuchKey',
  async (operation) => {
    const { s3 } = createTestBucket();

    await expect(s3(operation, { Key: 'none' })).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
  },
);

test.each([
  [['s3:GetObject'], 'AccessDenied', 403],
  [['s3:GetObject', 's3:ListBucket'], 'NoSuchKey', 404],
])('GetObject by a role that has %j is %s', async (actions, code, status) => {
  const { call } = createRestrictedAccount(actions);

  await expect(call('GetObject', { Bucket: 'bucket', Key: 'none' })).rejects.toMatchObject({ code, status });
});

test('a bucket that is not there is NoSuchBucket to everyone', async () => {
  const { call } = createRestrictedAccount([]);

  await expect(call('GetObject', { Bucket: 'none', Key: 'k' })).rejects.toMatchObject({
    code: 'NoSuchBucket',
    status: 404,
    details: { BucketName: 'none' },
  });
});
