// Enters a run into the bucket's index of reports.

import { PutObjectCommand, S3ServiceException } from '@aws-sdk/client-s3';
import type { IndexEntry } from '../../reports/index-json.ts';
import { INDEX_KEYS, mergeIndex } from '../../reports/merge-index.ts';
import { renderIndex } from '../../reports/render-index.ts';
import { findObject, type Storage } from '../stored-objects.ts';
import { type LoadedIndex, loadIndex } from './load-index.ts';

/** Thrown when other writers came in between again and again. Trying later will do. */
export class IndexConflictError extends Error {
  override name = 'IndexConflictError';
}

const ATTEMPTS = 8;

/**
 * Writes `reports/index.json` and `reports/index.md` with `entry` in place of what they had of the same run. Several writers lose none of
 * each other's entries: an object is replaced only as it was read, and read again where it was not. Doing it again is harmless.
 *
 * Takes `s3:ListBucket`, and `s3:GetObject` and `s3:PutObject` on `reports/`.
 * @returns the keys of reports that cannot be entered because they are unreadable; none unless the index had to be made again.
 * @throws {IndexConflictError}
 */
export async function updateIndex(bucket: Storage, entry: IndexEntry): Promise<LoadedIndex['unreadable']> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    // First, so that the Markdown of an older index cannot replace that of a newer one.
    const markdown = await findObject(bucket, INDEX_KEYS.markdown);
    const { index, etag, unreadable } = await loadIndex(bucket);
    const updated = mergeIndex(index, entry);
    const isWritten =
      (await replace(bucket, INDEX_KEYS.json, etag, `${JSON.stringify(updated, undefined, 2)}\n`)) &&
      (await replace(bucket, INDEX_KEYS.markdown, markdown?.etag, renderIndex(updated)));
    if (isWritten) return unreadable;
  }
  throw new IndexConflictError(
    `${INDEX_KEYS.json} was written by others at each of ${ATTEMPTS} attempts to enter run ${entry.runId}`,
  );
}

/** False when the object is no longer the one with `etag`; without `etag`, when there is one by now. */
async function replace(
  { s3, bucketName }: Storage,
  key: string,
  etag: string | undefined,
  body: string,
): Promise<boolean> {
  const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
  const contentType = key === INDEX_KEYS.json ? 'application/json' : 'text/markdown; charset=utf-8';
  try {
    await s3.send(
      new PutObjectCommand({ Bucket: bucketName, Key: key, Body: body, ContentType: contentType, ...condition }),
    );
    return true;
  } catch (error) {
    if (error instanceof S3ServiceException && isConflict(error)) return false;
    throw error;
  }
}

/** Something else was there (412), came at the same time (409), or was deleted meanwhile (404): https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
function isConflict({ name, $metadata: { httpStatusCode } }: S3ServiceException): boolean {
  return httpStatusCode === 412 || httpStatusCode === 409 || name === 'NoSuchKey';
}
