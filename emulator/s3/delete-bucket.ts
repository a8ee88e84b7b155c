import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Bucket } from './bucket.ts';
import { bucketMembers } from './object-key.ts';
import { S3Error } from './s3-error.ts';
import { needBucket, type S3State } from './s3-state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export function deleteBucketOperation(state: S3State): Operation {
  return defineOperation({
    name: 'DeleteBucket',
    input: z.strictObject(bucketMembers),
    needs: (input) => needBucket(state, 's3:DeleteBucket', input),
    handle(input) {
      deleteBucket(state, state.findBucket(input));
      return {};
    },
  });
}

/** Uploads under way go with it. @throws {S3Error} `BucketNotEmpty`. */
export function deleteBucket(state: S3State, bucket: Bucket): void {
  if (!bucket.isEmpty) {
    throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', {
      status: 409,
      details: { BucketName: bucket.name },
    });
  }
  state.buckets.delete(bucket.name);
}
