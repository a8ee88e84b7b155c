import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { Bucket } from './bucket.ts';
import { assertBucketName } from './bucket-name.ts';
import { computeBucketArn } from './object-key.ts';
import { type Tag, tagSetSchema } from './object-tags.ts';
import { S3Error } from './s3-error.ts';
import type { S3State } from './s3-state.ts';

/** There, making a bucket again succeeds, and no location may be given. */
const FIRST_REGION = 'us-east-1';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html */
export function createBucketOperation(state: S3State): Operation {
  return defineOperation({
    name: 'CreateBucket',
    input: z.strictObject({
      Bucket: z.string().min(1),
      ACL: z.literal('private').optional(),
      ObjectOwnership: z.literal('BucketOwnerEnforced').optional(),
      CreateBucketConfiguration: z
        .strictObject({ LocationConstraint: z.string().optional(), Tags: tagSetSchema.optional() })
        .optional(),
    }),
    needs: ({ Bucket: name }) => [{ action: 's3:CreateBucket', resource: computeBucketArn(name) }],
    handle({ Bucket: name, CreateBucketConfiguration }) {
      const { region } = state.world;
      assertLocation(CreateBucketConfiguration?.LocationConstraint, region);
      const answer = { Location: `/${name}`, BucketArn: computeBucketArn(name) };
      if (region === FIRST_REGION && state.buckets.has(name)) return answer;
      createBucket(state, name, CreateBucketConfiguration?.Tags);
      return answer;
    },
  });
}

/** @throws {S3Error} `BucketAlreadyOwnedByYou`, `InvalidBucketName`. */
export function createBucket(state: S3State, name: string, tags: readonly Tag[] = []): void {
  assertBucketName(name);
  if (state.buckets.has(name)) {
    throw new S3Error(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { status: 409, details: { BucketName: name } },
    );
  }
  const bucket = new Bucket(name, state.nowInWholeSecondsMs());
  bucket.tags = tags;
  state.buckets.set(name, bucket);
}

/** @throws {S3Error} `IllegalLocationConstraintException`, `InvalidLocationConstraint`. */
function assertLocation(constraint: string | undefined, region: string): void {
  if (constraint === FIRST_REGION) {
    throw new S3Error('InvalidLocationConstraint', 'The specified location-constraint is not valid', {
      details: { LocationConstraint: constraint },
    });
  }
  if (constraint === undefined ? region === FIRST_REGION : constraint === region) return;
  throw new S3Error(
    'IllegalLocationConstraintException',
    `The ${constraint ?? 'unspecified'} location constraint is incompatible for the region specific endpoint this request was sent to.`,
  );
}
