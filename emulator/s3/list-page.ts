// What the listings of a bucket have in common: a page of keys and common prefixes.

import { z } from 'zod';
import type { Bucket, StoredObject } from './bucket.ts';
import type { ListedEntry } from './list-keys.ts';
import { bucketMembers } from './object-key.ts';
import { invalidArgument } from './s3-error.ts';
import { encodeFormKey } from './url-encoding.ts';

/** Of keys, versions and uploads alike: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const ENTRIES_MAX = 1000;

/** Members of every listing of a bucket. */
export const listingMembers = {
  ...bucketMembers,
  Prefix: z.string().default(''),
  Delimiter: z.string().optional(),
  EncodingType: z.string().optional(),
  RequestPayer: z.literal('requester').optional(),
};

export interface ListingRequest {
  readonly prefix: string;
  readonly delimiter: string | undefined;
  /** The listing goes on behind this entry. */
  readonly after: ListedEntry | undefined;
  /** Entries a page. */
  readonly limit: number;
}

export interface ListingPage {
  readonly entries: readonly ListedEntry[];
  readonly isTruncated: boolean;
}

/** A page of nothing is never truncated. */
export function readPage(bucket: Bucket, { limit, ...listing }: ListingRequest): ListingPage {
  const entries: ListedEntry[] = [];
  if (limit === 0) return { entries, isTruncated: false };
  for (const entry of bucket.list(listing)) {
    if (entries.length === limit) return { entries, isTruncated: true };
    entries.push(entry);
  }
  return { entries, isTruncated: false };
}

/** @throws {S3Error} `InvalidArgument` below zero. */
export function computeLimit(given: number | undefined, parameter: string): number {
  if (given === undefined) return ENTRIES_MAX;
  if (given < 0) {
    throw invalidArgument(
      `Argument ${parameter} must be an integer between 0 and 2147483647`,
      parameter,
      String(given),
    );
  }
  return Math.min(given, ENTRIES_MAX);
}

/**
 * Behind a text that need not be a key. Where it is a common prefix, or lies within one, that prefix has been listed: it
 * sorts before the text.
 */
export function startBehind(text: string, prefix: string, delimiter: string | undefined): ListedEntry {
  const delimiterStart = delimiter && text.startsWith(prefix) ? text.indexOf(delimiter, prefix.length) : -1;
  return delimiter && delimiterStart >= 0
    ? { kind: 'prefix', text: text.slice(0, delimiterStart + delimiter.length) }
    : { kind: 'key', text };
}

/** @throws {S3Error} `InvalidArgument` for any encoding but `url`. */
export function createTextEncoder(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return (text) => text;
  if (encodingType === 'url') return encodeFormKey;
  throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
}

export function listObjectsOf(
  bucket: Bucket,
  entries: readonly ListedEntry[],
  describe: (object: StoredObject) => Record<string, unknown>,
): Record<string, unknown>[] {
  return entries.flatMap(({ kind, text }) => {
    const object = kind === 'key' ? bucket.get(text) : undefined;
    return object ? [describe(object)] : [];
  });
}

export function describeListedObject(object: StoredObject, encode: (text: string) => string): Record<string, unknown> {
  const { key, lastModifiedMs, etag, checksum, body } = object;
  return {
    Key: encode(key),
    LastModified: lastModifiedMs / 1000,
    ETag: etag,
    ChecksumAlgorithm: [checksum.algorithm],
    ChecksumType: checksum.type,
    Size: body.length,
    StorageClass: 'STANDARD',
  };
}

/** What the output of every listing says of common prefixes and of how it was asked for. */
export function describeListing(
  entries: readonly ListedEntry[],
  { Delimiter, EncodingType }: { readonly Delimiter?: string | undefined; readonly EncodingType?: string | undefined },
): Record<string, unknown> {
  const encode = createTextEncoder(EncodingType);
  return {
    ...(Delimiter && {
      Delimiter: encode(Delimiter),
      CommonPrefixes: entries.flatMap(({ kind, text }) => (kind === 'prefix' ? { Prefix: encode(text) } : [])),
    }),
    ...(EncodingType !== undefined && { EncodingType }),
  };
}
