import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { StoredObject } from './bucket.ts';
import type { S3State } from './create-s3-service.ts';
import { computeObjectArn, locationMembers, type ObjectLocation } from './object-key.ts';

export const objectRequestSchema = z.strictObject({
  ...locationMembers,
  /** The object's checksum is shown when this is set. */
  ChecksumMode: z.literal('ENABLED').optional(),
});

export function headObject(state: S3State): Operation {
  return defineOperation({
    name: 'HeadObject',
    input: objectRequestSchema,
    needs: (input) => [{ action: 's3:GetObject', resource: computeObjectArn(input) }],
    handle: (input) => describeObject(findObject(state, input), input),
  });
}

/** @throws {AwsError} `NoSuchKey`, `NoSuchBucket`. */
export function findObject(state: S3State, { Bucket, Key }: ObjectLocation): StoredObject {
  const object = state.findBucket(Bucket).get(Key);
  if (object) return object;
  throw new AwsError('NoSuchKey', 'The specified key does not exist.', { status: 404 });
}

export function describeObject(
  { body, contentType, etag, crc32, lastModifiedMs }: StoredObject,
  { ChecksumMode }: z.output<typeof objectRequestSchema>,
) {
  return {
    ContentLength: body.length,
    ContentType: contentType,
    ETag: etag,
    LastModified: lastModifiedMs / 1000,
    ...(ChecksumMode && crc32 !== undefined && { ChecksumCRC32: crc32 }),
  };
}
