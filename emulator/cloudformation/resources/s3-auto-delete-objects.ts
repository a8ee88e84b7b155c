// The CDK's custom resource that empties a bucket when it is deleted itself. Its function is not called: the bucket is
// emptied as it would be.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html#autodeleteobjects

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { S3Service } from '../../s3/create-s3-service.ts';
import { withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createAutoDeleteObjectsType(s3: S3Service, policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'Custom::S3AutoDeleteObjects',
    properties: z.strictObject({
      BucketName: z.string(),
      ServiceToken: withoutEffect('the function behind it is not called'),
    }),
    provision: (_, context) => ({ reference: context.createName({ lengthMax: 100 }), attributes: {} }),
    delete(_resource, { BucketName }) {
      const bucketArn = `arn:aws:s3:::${BucketName}`;
      // As the function does it, so that little comes in once the bucket is empty.
      policies.addResourcePolicy(bucketArn, {
        Statement: { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: `${bucketArn}/*` },
      });
      try {
        s3.emptyBucket(BucketName);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'NoSuchBucket')) throw error;
      }
    },
  });
}
