// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucketpolicy.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import type { S3Service } from '../../s3/create-s3-service.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createBucketPolicyType(policies: PolicyStore, s3: Pick<S3Service, 'showBucketPolicy'>): ResourceType {
  return defineResourceType({
    name: 'AWS::S3::BucketPolicy',
    properties: z.strictObject({ Bucket: z.string(), PolicyDocument: z.unknown() }),
    provision({ Bucket, PolicyDocument }) {
      policies.addResourcePolicy(`arn:aws:s3:::${Bucket}`, PolicyDocument);
      s3.showBucketPolicy(Bucket, JSON.stringify(PolicyDocument));
      return { reference: Bucket, attributes: {} };
    },
    updatable: ['PolicyDocument'],
    update(resource, { Bucket, PolicyDocument }) {
      policies.removeResourcePolicy(`arn:aws:s3:::${Bucket}`);
      policies.addResourcePolicy(`arn:aws:s3:::${Bucket}`, PolicyDocument);
      s3.showBucketPolicy(Bucket, JSON.stringify(PolicyDocument));
      return resource;
    },
    delete: ({ reference }) => policies.removeResourcePolicy(`arn:aws:s3:::${reference}`),
  });
}
