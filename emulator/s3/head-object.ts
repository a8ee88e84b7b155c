import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { StoredObject } from './bucket.ts';
import { computeObjectArn, type S3State } from './create-s3-service.ts';

export function headObject(state: S3State): Operation {
  return defineOperation({
    name: 'HeadObject',
    input: z.strictObject({ Bucket: z.string().min(1), Key: z.string().min(1) }),
    needs: (input) => [{ action: 's3:GetObject', resource: computeObjectArn(input) }],
    handle: (input) => describeObject(findObject(state, input)),
  });
}

/** @throws {AwsError} `NoSuchKey`. */
export function findObject(state: S3State, location: { Bucket: string; Key: string }): StoredObject {
  const object = state.findBucket(location.Bucket).get(location.Key);
  if (object) return object;
  throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
}

export function describeObject({ body, contentType, etag, lastModifiedMs }: StoredObject) {
  return { ContentLength: body.length, ContentType: contentType, ETag: etag, LastModified: lastModifiedMs / 1000 };
}
