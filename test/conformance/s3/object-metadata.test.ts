// Rule: an object keeps standard headers and metadata of the user's own, of at most 2 KB; a read may ask for other headers.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html

import { expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

const HEADERS = {
  CacheControl: 'no-cache',
  ContentDisposition: 'inline',
  ContentEncoding: 'gzip',
  ContentLanguage: 'de',
  ContentType: 'text/plain',
  Expires: 'Tue, 01 Jan 2030 00:00:00 GMT',
};

test('headers are given back as they came', async () => {
  const { put, s3 } = createTestBucket();

  await put('k', 'body', HEADERS);

  expect(await s3('GetObject', { Key: 'k' })).toMatchObject(HEADERS);
  expect(await s3('HeadObject', { Key: 'k' })).toMatchObject(HEADERS);
});

test('a read that asks for other headers gets them', async () => {
  const { put, s3 } = createTestBucket();
  await put('k', 'body', HEADERS);

  const object = await s3('GetObject', { Key: 'k', ResponseContentType: 'a/b', ResponseExpires: 'soon' });

  expect(object).toMatchObject({ ...HEADERS, ContentType: 'a/b', Expires: 'soon' });
});

test('the type of what comes without one is binary/octet-stream', async () => {
  const { put, s3 } = createTestBucket();

  await put('k');

  expect(await s3('HeadObject', { Key: 'k' })).toMatchObject({ ContentType: 'binary/octet-stream' });
});

test.each([
  [2047, undefined],
  [2048, undefined],
  [2049, 'MetadataTooLarge'],
])('names and values of %i bytes: %s', async (bytes, code) => {
  const { put } = createTestBucket();

  const outcome = put('k', '', { Metadata: { name: 'v'.repeat(bytes - 'name'.length) } });

  if (code) await expect(outcome).rejects.toMatchObject({ code, details: { MaxSizeAllowed: '2048' } });
  else await expect(outcome).resolves.toHaveProperty('ETag');
});
