import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import type { S3State } from './create-s3-service.ts';
import type { ListedEntry, Listing } from './list-keys.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const KEYS_MAX = 1000;

export function listObjectsV2(state: S3State): Operation {
  return defineOperation({
    name: 'ListObjectsV2',
    input: z.strictObject({
      Bucket: z.string().min(1),
      Prefix: z.string().default(''),
      Delimiter: z.string().min(1).optional(),
      MaxKeys: z.int().min(0).default(KEYS_MAX),
      StartAfter: z.string().optional(),
      ContinuationToken: z.string().optional(),
    }),
    needs: ({ Bucket }) => [{ action: 's3:ListBucket', resource: `arn:aws:s3:::${Bucket}` }],
    handle({ Bucket: name, Prefix, Delimiter, MaxKeys, StartAfter, ContinuationToken }) {
      if (Delimiter !== undefined && StartAfter !== undefined) {
        throw new UnsupportedFeatureError('s3.ListObjectsV2', 'StartAfter together with Delimiter');
      }
      const bucket = state.findBucket(name);
      const limit = Math.min(MaxKeys, KEYS_MAX);
      const after = computeStart(StartAfter, ContinuationToken);
      const { entries, isTruncated } = readPage(bucket, { prefix: Prefix, delimiter: Delimiter, after }, limit);
      const last = entries.at(-1);
      return {
        Name: name,
        Prefix,
        ...(Delimiter !== undefined && { Delimiter }),
        ...(StartAfter !== undefined && { StartAfter }),
        ...(ContinuationToken !== undefined && { ContinuationToken }),
        MaxKeys: limit,
        KeyCount: entries.length,
        IsTruncated: isTruncated,
        ...(isTruncated && last && { NextContinuationToken: renderToken(last) }),
        Contents: entries.flatMap(({ kind, text }) => (kind === 'key' ? describeEntry(bucket.get(text)) : [])),
        ...(Delimiter !== undefined && {
          CommonPrefixes: entries.flatMap(({ kind, text }) => (kind === 'prefix' ? { Prefix: text } : [])),
        }),
      };
    },
  });
}

/** A page of nothing is never truncated. */
function readPage(
  bucket: Bucket,
  listing: Listing,
  limit: number,
): { entries: readonly ListedEntry[]; isTruncated: boolean } {
  const entries: ListedEntry[] = [];
  if (limit === 0) return { entries, isTruncated: false };
  for (const entry of bucket.list(listing)) {
    if (entries.length === limit) return { entries, isTruncated: true };
    entries.push(entry);
  }
  return { entries, isTruncated: false };
}

function describeEntry(object: StoredObject | undefined) {
  if (!object) return [];
  const { key, body, etag, lastModifiedMs } = object;
  return { Key: key, LastModified: lastModifiedMs / 1000, ETag: etag, Size: body.length, StorageClass: 'STANDARD' };
}

/** The token wins: it goes on where the page before ended. */
function computeStart(startAfter: string | undefined, token: string | undefined): ListedEntry | undefined {
  if (token !== undefined) return parseToken(token);
  return startAfter === undefined ? undefined : { kind: 'key', text: startAfter };
}

const tokenSchema = z.tuple([z.enum(['key', 'prefix']), z.string()]);

function renderToken({ kind, text }: ListedEntry): string {
  return Buffer.from(JSON.stringify([kind, text])).toString('base64');
}

function parseToken(token: string): ListedEntry {
  try {
    const [kind, text] = tokenSchema.parse(JSON.parse(Buffer.from(token, 'base64').toString()));
    return { kind, text };
  } catch (cause) {
    throw new AwsError('InvalidArgument', 'The continuation token provided is incorrect', { cause });
  }
}
