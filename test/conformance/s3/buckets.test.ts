// Rule: a bucket is made under a name of its own, and deleted when it is empty.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingBucket.html

import { expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

test('a bucket is listed from when it is made until it is deleted', async () => {
  const { call, s3 } = createTestBucket();
  const listNames = async () =>
    ((await call('s3', 'ListBuckets', {})).Buckets as { Name: string }[]).map(({ Name }) => Name);

  await s3('CreateBucket', { Bucket: 'another' });
  const before = await listNames();
  await s3('DeleteBucket', { Bucket: 'another' });

  expect(before).toEqual(['another', 'bucket']);
  expect(await listNames()).toEqual(['bucket']);
});

test('a bucket with an object in it is not deleted', async () => {
  const { put, s3 } = createTestBucket();
  await put('k');

  await expect(s3('DeleteBucket')).rejects.toMatchObject({ code: 'BucketNotEmpty', status: 409 });
});

test.each([
  ['ab', 'InvalidBucketName'],
  ['abc', undefined],
  ['a'.repeat(63), undefined],
  ['a'.repeat(64), 'InvalidBucketName'],
  ['Capital', 'InvalidBucketName'],
  ['under_score', 'InvalidBucketName'],
  ['two..dots', 'InvalidBucketName'],
  ['192.168.5.4', 'InvalidBucketName'],
  ['xn--name', 'InvalidBucketName'],
  ['name-s3alias', 'InvalidBucketName'],
])('a bucket called %s: %s', async (Bucket, code) => {
  const { s3 } = createTestBucket();

  const outcome = s3('CreateBucket', { Bucket });

  if (code) await expect(outcome).rejects.toMatchObject({ code });
  else await expect(outcome).resolves.toMatchObject({ Location: `/${Bucket}` });
});

test.each([
  ['us-east-1', 'InvalidLocationConstraint'],
  ['eu-west-1', 'IllegalLocationConstraintException'],
])('a bucket in %s is not made from here', async (LocationConstraint, code) => {
  const { s3 } = createTestBucket();

  await expect(
    s3('CreateBucket', { Bucket: 'another', CreateBucketConfiguration: { LocationConstraint } }),
  ).rejects.toMatchObject({ code });
});

test.each(['HeadBucket', 'ListObjectsV2', 'GetBucketLocation'])(
  '%s by who expects another owner is refused',
  async (operation) => {
    const { s3 } = createTestBucket();

    await expect(s3(operation, { ExpectedBucketOwner: '111111111111' })).rejects.toMatchObject({
      code: 'AccessDenied',
      status: 403,
    });
    await expect(s3(operation, { ExpectedBucketOwner: '000000000000' })).resolves.toBeDefined();
  },
);
