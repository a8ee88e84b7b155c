// Rule: a copy takes the body, and metadata and tags unless they are replaced; onto itself only what changes.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html

import { expect, test } from 'vitest';
import { createTestBucket, START_MS } from '../../../emulator/s3/create-test-bucket.fixture.ts';

async function createSource() {
  const bucket = createTestBucket();
  await bucket.put('a b+ü', 'body', { ContentType: 'text/x', Metadata: { colour: 'red' }, Tagging: 'a=1' });
  const copy = (input: object) =>
    bucket.s3('CopyObject', { Key: 'copy', CopySource: 'bucket/a%20b%2B%C3%BC', ...input });
  return { ...bucket, copy };
}

test('a copy is like its source, but for its date', async () => {
  const { copy, read, s3, pass } = await createSource();
  await pass(5000);

  await copy({});

  expect(await read('copy')).toBe('body');
  const { LastModified, ...described } = await s3('HeadObject', { Key: 'copy' });
  expect(described).toMatchObject({ ContentType: 'text/x', Metadata: { colour: 'red' }, TagCount: 1 });
  expect(LastModified).toBe(START_MS / 1000 + 5);
});

test('metadata and tags are replaced when the request says so', async () => {
  const { copy, s3 } = await createSource();

  await copy({ MetadataDirective: 'REPLACE', Metadata: { size: 'big' }, TaggingDirective: 'REPLACE', Tagging: '' });

  const described = await s3('HeadObject', { Key: 'copy' });
  expect(described).toMatchObject({ ContentType: 'binary/octet-stream', Metadata: { size: 'big' } });
  expect(described).not.toHaveProperty('TagCount');
});

test.each([
  [{ CopySourceIfMatch: '"other"' }, 'PreconditionFailed'],
  [{ CopySourceIfNoneMatch: '*' }, 'PreconditionFailed'],
  [{ CopySourceIfModifiedSince: START_MS / 1000 }, 'PreconditionFailed'],
  [{ CopySourceIfUnmodifiedSince: START_MS / 1000 - 1 }, 'PreconditionFailed'],
  [{ CopySource: 'bucket/none' }, 'NoSuchKey'],
  [{ CopySource: 'none/k' }, 'NoSuchBucket'],
  [{ CopySource: 'bucket' }, 'InvalidArgument'],
  [{ Key: 'a b+ü' }, 'InvalidRequest'],
])('a copy with %j is %s', async (input, code) => {
  const { copy } = await createSource();

  await expect(copy(input)).rejects.toMatchObject({ code });
});

test('an object may be copied onto itself to change its metadata', async () => {
  const { copy, s3 } = await createSource();

  await copy({ Key: 'a b+ü', MetadataDirective: 'REPLACE', CacheControl: 'no-cache' });

  expect(await s3('HeadObject', { Key: 'a b+ü' })).toMatchObject({ CacheControl: 'no-cache' });
});
