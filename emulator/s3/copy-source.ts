// What a copy is made from: the header `x-amz-copy-source` and its conditions.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html

import { z } from 'zod';
import type { AccessNeed } from '../kernel/access.ts';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { CallContext } from '../kernel/operation.ts';
import type { StoredObject } from './bucket.ts';
import { assertReadConditions, preconditionFailed } from './conditions.ts';
import { findObject } from './find-object.ts';
import type { ObjectLocation } from './object-key.ts';
import { invalidArgument, S3Error } from './s3-error.ts';
import { needObject, type S3State } from './s3-state.ts';

export const copySourceMembers = {
  /** `bucket/key`, its characters escaped as in a URL, with or without a slash before it. */
  CopySource: z.string().min(1),
  CopySourceIfMatch: z.string().optional(),
  CopySourceIfNoneMatch: z.string().optional(),
  /** Epoch seconds. */
  CopySourceIfModifiedSince: z.number().optional(),
  CopySourceIfUnmodifiedSince: z.number().optional(),
  ExpectedSourceBucketOwner: z.string().optional(),
};

type CopySourceInput = z.output<z.ZodObject<typeof copySourceMembers>>;
type SourceLocation = ObjectLocation & { readonly VersionId?: string | undefined };

export function needCopySource(state: S3State, input: CopySourceInput): readonly AccessNeed[] {
  const location = parseCopySource(input);
  return needObject(state, location.VersionId ? 's3:GetObjectVersion' : 's3:GetObject', location);
}

/** @throws {S3Error} `NoSuchKey`, `NoSuchBucket`, `PreconditionFailed` also where a read would be "not modified". */
export function findCopySource(state: S3State, input: CopySourceInput, context: CallContext): StoredObject {
  const object = findObject(state, parseCopySource(input), context);
  try {
    assertReadConditions(object, {
      IfMatch: input.CopySourceIfMatch,
      IfNoneMatch: input.CopySourceIfNoneMatch,
      IfModifiedSince: input.CopySourceIfModifiedSince,
      IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const isTag = input.CopySourceIfNoneMatch !== undefined;
    if (error.code === 'NotModified') {
      throw preconditionFailed(isTag ? 'x-amz-copy-source-If-None-Match' : 'x-amz-copy-source-If-Modified-Since');
    }
    const condition = error instanceof S3Error ? error.details.Condition : undefined;
    throw preconditionFailed(`x-amz-copy-source-${condition}`);
  }
  return object;
}

/** @throws {S3Error} `InvalidArgument`. */
export function parseCopySource({ CopySource, ExpectedSourceBucketOwner }: CopySourceInput): SourceLocation {
  if (CopySource.startsWith('arn:')) throw new UnsupportedFeatureError('s3', 'CopySource with an access point');
  const [path = '', versionId] = CopySource.split('?versionId=');
  const [, bucketName, key] = /^\/?([^/]+)\/(.+)$/s.exec(decodeSource(path)) ?? [];
  if (bucketName === undefined || key === undefined) throw refuseSource(CopySource);
  return { Bucket: bucketName, Key: key, VersionId: versionId, ExpectedBucketOwner: ExpectedSourceBucketOwner };
}

function decodeSource(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw refuseSource(text);
  }
}

function refuseSource(text: string): S3Error {
  return invalidArgument(
    'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
    'x-amz-copy-source',
    text,
  );
}
