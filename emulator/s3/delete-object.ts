import { z } from 'zod';
import type { CallContext } from '../kernel/operation.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Bucket } from './bucket.ts';
import { matches, preconditionFailed } from './conditions.ts';
import { assertOnlyVersion, locationMembers, noSuchKey, versionMembers } from './object-key.ts';
import { needObject, type S3State } from './s3-state.ts';

/** Deleting what is not there succeeds, unless it had to be there: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export function deleteObject(state: S3State): Operation {
  return defineOperation({
    name: 'DeleteObject',
    input: z.strictObject({ ...locationMembers, ...versionMembers, IfMatch: z.string().optional() }),
    needs: (input) => needObject(state, input.VersionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject', input),
    handle(input, context) {
      assertOnlyVersion(input.VersionId);
      removeObject(state, state.findBucket(input), { key: input.Key, etag: input.IfMatch }, context);
      return input.VersionId === undefined ? {} : { VersionId: input.VersionId };
    },
  });
}

/**
 * `etag`: only if this is what is there.
 * @throws {S3Error} `PreconditionFailed`, `NoSuchKey`.
 */
export function removeObject(
  state: S3State,
  bucket: Bucket,
  { key, etag }: { readonly key: string; readonly etag: string | undefined },
  context: CallContext,
): void {
  const object = bucket.get(key);
  if (etag !== undefined) {
    if (!object) throw noSuchKey(key);
    if (!matches(object.etag, etag)) throw preconditionFailed('If-Match');
  }
  if (!object) return;
  bucket.delete(key);
  state.notifier.notify(bucket, { name: 'ObjectRemoved:Delete', key, object: undefined }, context);
}
