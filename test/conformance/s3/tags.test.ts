// Rule: an object has up to ten tags with different keys, which may come with it or later.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html

import { expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

const createTags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `key${index}`, Value: '' }));

test('tags that came with an object are shown, replaced and taken away', async () => {
  const { put, s3 } = createTestBucket();
  await put('k', '', { Tagging: 'a=1&b=x%20y' });

  const first = await s3('GetObjectTagging', { Key: 'k' });
  await s3('PutObjectTagging', { Key: 'k', Tagging: { TagSet: [{ Key: 'c', Value: '3' }] } });
  const second = await s3('GetObjectTagging', { Key: 'k' });
  await s3('DeleteObjectTagging', { Key: 'k' });
  const third = await s3('GetObjectTagging', { Key: 'k' });

  expect(first.TagSet).toEqual([
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: 'x y' },
  ]);
  expect(second.TagSet).toEqual([{ Key: 'c', Value: '3' }]);
  expect(third.TagSet).toEqual([]);
});

test.each([
  ['nine tags', createTags(9), undefined],
  ['ten tags', createTags(10), undefined],
  ['eleven tags', createTags(11), 'BadRequest'],
  ['a key of 128 characters', [{ Key: 'k'.repeat(128), Value: '' }], undefined],
  ['a key of 129 characters', [{ Key: 'k'.repeat(129), Value: '' }], 'InvalidTag'],
  ['a value of 256 characters', [{ Key: 'k', Value: 'v'.repeat(256) }], undefined],
  ['a value of 257 characters', [{ Key: 'k', Value: 'v'.repeat(257) }], 'InvalidTag'],
  [
    'a key twice',
    [
      { Key: 'k', Value: '1' },
      { Key: 'k', Value: '2' },
    ],
    'InvalidTag',
  ],
])('%s: %s', async (_claim, TagSet, code) => {
  const { put, s3 } = createTestBucket();
  await put('k');

  const outcome = s3('PutObjectTagging', { Key: 'k', Tagging: { TagSet } });

  if (code) await expect(outcome).rejects.toMatchObject({ code });
  else await expect(outcome).resolves.toEqual({});
});
