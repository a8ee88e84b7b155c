// Reads every object that the run's consumers left in the bucket.

import { GetObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import type { ArrivalBook } from './arrival-book.ts';
import { UnexpectedContentError } from './errors.ts';
import { splitLines } from './split-lines.ts';

/** Objects read at a time. */
const CONCURRENCY = 16;

/** Enters all objects under `prefix` into `book`, page by page, so that memory does not grow with their number. */
export async function readArrivals(
  s3: S3Client,
  location: { readonly bucketName: string; readonly prefix: string },
  book: ArrivalBook,
): Promise<void> {
  const limit = pLimit(CONCURRENCY);
  const pages = paginateListObjectsV2({ client: s3 }, { Bucket: location.bucketName, Prefix: location.prefix });
  for await (const { Contents = [] } of pages) {
    await limit.map(Contents, async ({ Key, LastModified }) => {
      if (!Key || !LastModified)
        throw new UnexpectedContentError(`S3 listed an object without key or time under ${location.prefix}`);
      await readObject(s3, location.bucketName, { key: Key, lastModifiedMs: LastModified.getTime() }, book);
    });
  }
}

async function readObject(
  s3: S3Client,
  bucketName: string,
  { key, lastModifiedMs }: { readonly key: string; readonly lastModifiedMs: number },
  book: ArrivalBook,
): Promise<void> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
  if (!Body || !isAsyncIterable(Body)) throw new UnexpectedContentError(`S3 gave no readable body for ${key}`);
  const object = book.openObject(lastModifiedMs);
  for await (const line of splitLines(Body)) object.addLine(line);
}

/** The SDK's body is a Node.js stream here, though its type allows for a browser's. */
function isAsyncIterable(body: object): body is AsyncIterable<Uint8Array> {
  return Symbol.asyncIterator in body;
}
