// What S3 tells of a bucket, action by action.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Bucket } from './bucket.ts';
import { bucketMembers, computeBucketArn } from './object-key.ts';
import { S3Error } from './s3-error.ts';
import { needBucket, type S3State } from './s3-state.ts';

const inputSchema = z.strictObject(bucketMembers);

export function describeBucketOperations(state: S3State): Operation[] {
  const define = (name: string, action: string, describe: (bucket: Bucket) => object) =>
    defineOperation({
      name,
      input: inputSchema,
      needs: (input) => needBucket(state, action, input),
      handle: (input) => describe(state.findBucket(input)),
    });
  const { region } = state.world;
  return [
    define('HeadBucket', 's3:ListBucket', ({ name }) => ({
      BucketArn: computeBucketArn(name),
      BucketRegion: region,
      AccessPointAlias: false,
    })),
    // The first Region has no name there.
    define('GetBucketLocation', 's3:GetBucketLocation', () =>
      region === 'us-east-1' ? {} : { LocationConstraint: region },
    ),
    // A bucket that never had versions has no status.
    define('GetBucketVersioning', 's3:GetBucketVersioning', () => ({})),
    define('GetBucketEncryption', 's3:GetEncryptionConfiguration', () => ({
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
      },
    })),
    define('GetBucketPolicy', 's3:GetBucketPolicy', ({ name, policy }) => {
      if (policy !== undefined) return { Policy: policy };
      throw notConfigured('NoSuchBucketPolicy', 'The bucket policy does not exist', name);
    }),
    define('GetBucketTagging', 's3:GetBucketTagging', ({ name, tags }) => {
      if (tags.length > 0) return { TagSet: tags };
      throw notConfigured('NoSuchTagSet', 'The TagSet does not exist', name);
    }),
    define('GetPublicAccessBlock', 's3:GetBucketPublicAccessBlock', () => ({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    })),
    define('GetBucketOwnershipControls', 's3:GetBucketOwnershipControls', () => ({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    })),
  ];
}

function notConfigured(code: string, message: string, bucketName: string): S3Error {
  return new S3Error(code, message, { status: 404, details: { BucketName: bucketName } });
}
