// Rule: a read with conditions gives the object only when they hold; entity tags go before times.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html

import { expect, test } from 'vitest';
import { createTestBucket, START_MS } from '../../../emulator/s3/create-test-bucket.fixture.ts';

/** MD5 of `body`. */
const ETAG = '"841a2d689ad86bd1611447453c22c6fc"';
const PUT_SECONDS = START_MS / 1000;

test.each([
  [{ IfMatch: ETAG }, 'given'],
  [{ IfMatch: '*' }, 'given'],
  [{ IfMatch: '"other"' }, 412],
  [{ IfNoneMatch: ETAG }, 304],
  [{ IfNoneMatch: `"other", ${ETAG}` }, 304],
  [{ IfNoneMatch: '"other"' }, 'given'],
  [{ IfModifiedSince: PUT_SECONDS }, 304],
  [{ IfModifiedSince: PUT_SECONDS - 1 }, 'given'],
  [{ IfUnmodifiedSince: PUT_SECONDS }, 'given'],
  [{ IfUnmodifiedSince: PUT_SECONDS - 1 }, 412],
  [{ IfMatch: ETAG, IfUnmodifiedSince: PUT_SECONDS - 1 }, 'given'],
  [{ IfNoneMatch: '"other"', IfModifiedSince: PUT_SECONDS }, 'given'],
])('%j: %s', async (conditions, outcome) => {
  const { put, s3 } = createTestBucket();
  await put('k', 'body');

  const read = s3('GetObject', { Key: 'k', ...conditions });

  if (outcome === 'given') await expect(read).resolves.toMatchObject({ ETag: ETAG });
  else await expect(read).rejects.toMatchObject({ status: outcome });
});
