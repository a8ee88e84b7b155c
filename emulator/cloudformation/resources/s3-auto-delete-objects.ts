// The CDK's custom resource that empties a bucket before its stack is deleted. The emulator deletes no stack, so that
// the function behind it has nothing to do.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3.Bucket.html#autodeleteobjects

import { z } from 'zod';
import { withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createAutoDeleteObjectsType(): ResourceType {
  return defineResourceType({
    name: 'Custom::S3AutoDeleteObjects',
    properties: z.strictObject({
      BucketName: withoutEffect('acts when the stack is deleted'),
      ServiceToken: withoutEffect('acts when the stack is deleted'),
    }),
    provision: (_, context) => ({ reference: context.createName({ lengthMax: 100 }), attributes: {} }),
  });
}
