import { describe, expect, test } from 'vitest';
import { createTestBucket } from './create-test-bucket.fixture.ts';

test('refuses by name a storage class that is not modelled, and as S3 does one that is none', async () => {
  const { put } = createTestBucket();

  await expect(put('a', '', { StorageClass: 'GLACIER' })).rejects.toThrow(
    'PutObject: StorageClass GLACIER is not modelled by the emulator',
  );
  await expect(put('a', '', { StorageClass: 'LEAD' })).rejects.toMatchObject({ code: 'InvalidStorageClass' });
});

test('refuses by name a parameter that is not modelled', async () => {
  const { put } = createTestBucket();

  await expect(put('a', '', { ObjectLockMode: 'GOVERNANCE' })).rejects.toThrow(
    'PutObject: parameter ObjectLockMode is not modelled by the emulator',
  );
});

test.each([
  ['PutObject', { Bucket: 'none', Key: 'a' }, 'NoSuchBucket'],
  ['ListObjectsV2', { Bucket: 'none' }, 'NoSuchBucket'],
  ['UploadPart', { Key: 'a', UploadId: 'none', PartNumber: 1 }, 'NoSuchUpload'],
  ['AbortMultipartUpload', { Key: 'a', UploadId: 'none' }, 'NoSuchUpload'],
  ['ListParts', { Key: 'a', UploadId: 'none' }, 'NoSuchUpload'],
  ['GetBucketPolicy', {}, 'NoSuchBucketPolicy'],
  ['GetBucketTagging', {}, 'NoSuchTagSet'],
])('%s of %j is %s', async (operation, input, code) => {
  const { s3 } = createTestBucket();

  await expect(s3(operation, input)).rejects.toMatchObject({ code, status: 404 });
});

test('an upload is found under its own key only', async () => {
  const { s3, startUpload } = createTestBucket();
  const { UploadId } = await startUpload('k');

  await expect(s3('UploadPart', { Key: 'other', UploadId, PartNumber: 1 })).rejects.toMatchObject({
    code: 'NoSuchUpload',
  });
});

describe('the service', () => {
  test('makes no bucket twice', () => {
    const { services } = createTestBucket();

    expect(() => services.s3.createBucket('bucket')).toThrow('you already own it');
  });

  test('deletes a bucket once it was emptied', async () => {
    const { put, s3, services } = createTestBucket();
    await put('a');

    expect(() => services.s3.deleteBucket('bucket')).toThrow('The bucket you tried to delete is not empty');
    services.s3.emptyBucket('bucket');
    services.s3.deleteBucket('bucket');

    await expect(s3('GetObject', { Key: 'a' })).rejects.toMatchObject({ code: 'NoSuchBucket' });
  });

  test('copies no body that it keeps or gives', async () => {
    const { s3 } = createTestBucket();
    const Body = Buffer.from('0123456789');
    await s3('PutObject', { Key: 'a', Body });
    await s3('CopyObject', { Key: 'b', CopySource: 'bucket/a' });

    const part = (await s3('GetObject', { Key: 'b', Range: 'bytes=2-4' })).Body as Buffer;

    expect(part.buffer).toBe(Body.buffer);
  });
});

test.each([
  ['PutObject', { Key: 'k' }, 's3:PutObject', 'arn:aws:s3:::bucket/k'],
  ['GetObject', { Key: 'k' }, 's3:GetObject', 'arn:aws:s3:::bucket/k'],
  ['HeadObject', { Key: 'k' }, 's3:GetObject', 'arn:aws:s3:::bucket/k'],
  ['DeleteObject', { Key: 'k' }, 's3:DeleteObject', 'arn:aws:s3:::bucket/k'],
  ['ListObjectsV2', {}, 's3:ListBucket', 'arn:aws:s3:::bucket'],
  ['ListObjects', {}, 's3:ListBucket', 'arn:aws:s3:::bucket'],
  ['ListObjectVersions', {}, 's3:ListBucketVersions', 'arn:aws:s3:::bucket'],
  ['HeadBucket', {}, 's3:ListBucket', 'arn:aws:s3:::bucket'],
  ['GetBucketEncryption', {}, 's3:GetEncryptionConfiguration', 'arn:aws:s3:::bucket'],
  ['ListMultipartUploads', {}, 's3:ListBucketMultipartUploads', 'arn:aws:s3:::bucket'],
  ['ListParts', { Key: 'k', UploadId: 'u' }, 's3:ListMultipartUploadParts', 'arn:aws:s3:::bucket/k'],
  ['DeleteObject', { Key: 'k', VersionId: 'null' }, 's3:DeleteObjectVersion', 'arn:aws:s3:::bucket/k'],
  ['GetObjectTagging', { Key: 'k' }, 's3:GetObjectTagging', 'arn:aws:s3:::bucket/k'],
  ['GetBucketNotificationConfiguration', {}, 's3:GetBucketNotification', 'arn:aws:s3:::bucket'],
  ['CreateMultipartUpload', { Key: 'k' }, 's3:PutObject', 'arn:aws:s3:::bucket/k'],
  ['AbortMultipartUpload', { Key: 'k', UploadId: 'u' }, 's3:AbortMultipartUpload', 'arn:aws:s3:::bucket/k'],
])('%s of %j needs %s', async (operation, input, action, resource) => {
  const { s3, world } = createTestBucket();
  const needs: unknown[] = [];
  world.gateway.observe((call) => needs.push(...call.needs));

  await s3(operation, input).catch(() => {});

  expect(needs).toEqual([{ action, resource }]);
});
