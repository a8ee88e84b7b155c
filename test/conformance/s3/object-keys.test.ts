// Rule: a key has 1 to 1,024 bytes of UTF-8, whatever its characters.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html

import { expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

test.each([
  ['a'.repeat(1023), undefined],
  ['a'.repeat(1024), undefined],
  ['a'.repeat(1025), 'KeyTooLongError'],
  [`${'a'.repeat(1022)}é`, undefined],
  [`${'a'.repeat(1023)}é`, 'KeyTooLongError'],
])('a key of at most 1,024 bytes is taken (%#)', async (key, code) => {
  const { put } = createTestBucket();

  const outcome = put(key);

  if (code) await expect(outcome).rejects.toMatchObject({ code, status: 400 });
  else await expect(outcome).resolves.toHaveProperty('ETag');
});
