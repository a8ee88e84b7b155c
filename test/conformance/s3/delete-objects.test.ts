// Rule: up to 1,000 objects are deleted in one request, each on its own: what one is refused, the others are not.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html

import { expect, test } from 'vitest';
import { createRestrictedAccount } from '../../../emulator/s3/create-restricted-account.fixture.ts';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

test('objects are deleted, and those that are not there count as deleted', async () => {
  const { put, s3, listKeys } = createTestBucket();
  for (const key of ['a', 'b', 'c']) await put(key);

  const answer = await s3('DeleteObjects', { Delete: { Objects: [{ Key: 'a' }, { Key: 'b' }, { Key: 'none' }] } });

  expect(answer).toEqual({ Deleted: [{ Key: 'a' }, { Key: 'b' }, { Key: 'none' }], Errors: [] });
  expect(await listKeys()).toEqual(['c']);
});

test('in quiet mode only errors are told', async () => {
  const { put, s3 } = createTestBucket();
  await put('a');

  const answer = await s3('DeleteObjects', {
    Delete: { Quiet: true, Objects: [{ Key: 'a' }, { Key: 'b', VersionId: 'other' }] },
  });

  expect(answer).toMatchObject({ Deleted: [], Errors: [{ Key: 'b', VersionId: 'other', Code: 'InvalidArgument' }] });
});

test('a key that the caller may not delete is an error of its own', async () => {
  const { call } = createRestrictedAccount(['s3:ListBucket']);

  const answer = await call('DeleteObjects', { Bucket: 'bucket', Delete: { Objects: [{ Key: 'a' }] } });

  expect(answer).toMatchObject({ Deleted: [], Errors: [{ Key: 'a', Code: 'AccessDenied' }] });
});

test.each([
  [0, 'MalformedXML'],
  [1000, undefined],
  [1001, 'MalformedXML'],
])('%i objects in a request: %s', async (count, code) => {
  const { s3 } = createTestBucket();
  const Objects = Array.from({ length: count }, (_, index) => ({ Key: String(index) }));

  const outcome = s3('DeleteObjects', { Delete: { Objects } });

  if (code) await expect(outcome).rejects.toMatchObject({ code });
  else await expect(outcome).resolves.toMatchObject({ Errors: [] });
});
