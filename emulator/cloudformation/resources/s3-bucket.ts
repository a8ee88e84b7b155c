// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { S3Service } from '../../s3/create-s3-service.ts';
import { tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';
import { notificationProperty, renderNotificationConfiguration } from './s3-notification-property.ts';

export function createBucketType(s3: S3Service, policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::S3::Bucket',
    properties: z.strictObject({
      BucketName: z.string().optional(),
      NotificationConfiguration: notificationProperty.optional(),
      BucketEncryption: withoutEffect('encryption at rest takes no time that is measured'),
      LifecycleConfiguration: withoutEffect('acts after days; nothing expires while the emulator runs'),
      OwnershipControls: withoutEffect('all objects belong to the one account'),
      PublicAccessBlockConfiguration: withoutEffect('no call of the emulator is anonymous'),
      Tags: tagsProperty,
    }),
    // At once where there is nothing to wait for: a new account has its bucket from the start.
    provision({ BucketName, NotificationConfiguration }, context) {
      const name = BucketName ?? context.createName({ lengthMax: 63, lowerCase: true });
      s3.createBucket(name);
      const resource = {
        reference: name,
        attributes: {
          Arn: `arn:aws:s3:::${name}`,
          DualStackDomainName: `${name}.s3.dualstack.${context.region}.amazonaws.com`,
          DomainName: `${name}.s3.amazonaws.com`,
          RegionalDomainName: `${name}.s3.${context.region}.amazonaws.com`,
          WebsiteURL: `http://${name}.s3-website-${context.region}.amazonaws.com`,
        },
      };
      if (!NotificationConfiguration) return resource;
      const configuration = renderNotificationConfiguration(NotificationConfiguration);
      return s3.configureNotifications(name, configuration).then(() => resource);
    },
    delete({ reference }) {
      try {
        s3.deleteBucket(reference);
        // Another bucket of that name starts without.
        policies.removeResourcePolicy(`arn:aws:s3:::${reference}`);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'NoSuchBucket')) throw error;
      }
    },
  });
}
