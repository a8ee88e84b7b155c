// The object that a request names, for those who may know of it.

import type { CallContext } from '../kernel/operation.ts';
import type { StoredObject } from './bucket.ts';
import { assertOnlyVersion, computeBucketArn, noSuchKey, type ObjectLocation } from './object-key.ts';
import type { S3State } from './s3-state.ts';

/**
 * "If you don't have the s3:ListBucket permission, Amazon S3 returns an HTTP status code 403" for what is not there.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 * @throws {S3Error} `NoSuchKey`, `NoSuchBucket`, `InvalidArgument` for a version. @throws {AwsError} `AccessDenied`.
 */
export function findObject(
  state: S3State,
  location: ObjectLocation & { readonly VersionId?: string | undefined },
  { authorize }: Pick<CallContext, 'authorize'>,
): StoredObject {
  assertOnlyVersion(location.VersionId);
  const object = state.findBucket(location).get(location.Key);
  if (object) return object;
  authorize({ action: 's3:ListBucket', resource: computeBucketArn(location.Bucket) });
  throw noSuchKey(location.Key);
}
