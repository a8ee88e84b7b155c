// Conditional requests.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html

import { z } from 'zod';
import type { CallContext } from '../kernel/operation.ts';
import type { Bucket, StoredObject } from './bucket.ts';
import { computeObjectArn, noSuchKey } from './object-key.ts';
import { S3Error } from './s3-error.ts';

/** Times in epoch seconds. */
export const readConditionMembers = {
  IfMatch: z.string().optional(),
  IfNoneMatch: z.string().optional(),
  IfModifiedSince: z.number().optional(),
  IfUnmodifiedSince: z.number().optional(),
};

export const writeConditionMembers = { IfMatch: z.string().optional(), IfNoneMatch: z.string().optional() };

export type ReadConditions = z.output<z.ZodObject<typeof readConditionMembers>>;
export type WriteConditions = z.output<z.ZodObject<typeof writeConditionMembers>>;

/**
 * Entity tags go before times, as RFC 9110 has it.
 * @throws {S3Error} `PreconditionFailed` (412), `NotModified` (304).
 */
export function assertReadConditions(object: StoredObject, conditions: ReadConditions): void {
  const { IfMatch, IfNoneMatch, IfModifiedSince, IfUnmodifiedSince } = conditions;
  const modifiedSeconds = object.lastModifiedMs / 1000;
  if (IfMatch !== undefined) {
    if (!matches(object.etag, IfMatch)) throw preconditionFailed('If-Match');
  } else if (IfUnmodifiedSince !== undefined && modifiedSeconds > IfUnmodifiedSince) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  if (IfNoneMatch !== undefined) {
    if (matches(object.etag, IfNoneMatch)) throw notModified(object);
  } else if (IfModifiedSince !== undefined && modifiedSeconds <= IfModifiedSince) {
    throw notModified(object);
  }
}

/**
 * For writes under a key: only when nothing is there, or only what is known.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 * @throws {S3Error} `PreconditionFailed` (412), `NoSuchKey` (404), `NotImplemented` (501).
 */
export function assertWriteConditions(
  bucket: Bucket,
  key: string,
  { IfMatch, IfNoneMatch }: WriteConditions,
  { authorize }: Pick<CallContext, 'authorize'>,
): void {
  if (IfNoneMatch !== undefined) {
    if (IfNoneMatch !== '*' || IfMatch !== undefined) throw notImplemented('If-None-Match');
    if (bucket.get(key)) throw preconditionFailed('If-None-Match');
  }
  if (IfMatch !== undefined) {
    authorize({ action: 's3:GetObject', resource: computeObjectArn({ Bucket: bucket.name, Key: key }) });
    const object = bucket.get(key);
    if (!object) throw noSuchKey(key);
    if (!matches(object.etag, IfMatch)) throw preconditionFailed('If-Match');
  }
}

export function preconditionFailed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    status: 412,
    details: { Condition: condition },
  });
}

function notModified({ etag, lastModifiedMs }: StoredObject): S3Error {
  return new S3Error('NotModified', 'Not Modified', {
    status: 304,
    headers: { etag, 'last-modified': new Date(lastModifiedMs).toUTCString() },
  });
}

function notImplemented(header: string): S3Error {
  return new S3Error('NotImplemented', 'A header you provided implies functionality that is not implemented', {
    status: 501,
    details: { Header: header },
  });
}

/** `given` may be a list, and lack its quotes; `*` stands for any. */
export function matches(etag: string, given: string): boolean {
  return given.split(',').some((text) => text.trim() === '*' || unquote(text.trim()) === unquote(etag));
}

export function unquote(etag: string): string {
  return etag.replace(/^"|"$/g, '');
}
