// The CDK's custom resource for `bucket.addEventNotification`. Its function is not called: the bucket is configured as it
// would be.
// https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_s3_notifications-readme.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { S3Service } from '../../s3/create-s3-service.ts';
import { notificationConfigurationSchema } from '../../s3/notification-configuration.ts';
import { onlyValue, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createBucketNotificationsType(s3: S3Service): ResourceType {
  return defineResourceType({
    name: 'Custom::S3BucketNotifications',
    properties: z.strictObject({
      BucketName: z.string(),
      NotificationConfiguration: notificationConfigurationSchema,
      Managed: onlyValue(true).optional(),
      SkipDestinationValidation: onlyValue(false).optional(),
      ServiceToken: withoutEffect('the function behind it is not called'),
    }),
    async provision({ BucketName, NotificationConfiguration }, context) {
      await s3.configureNotifications(BucketName, NotificationConfiguration);
      return { reference: context.createName({ lengthMax: 100 }), attributes: {} };
    },
    updatable: ['NotificationConfiguration'],
    async update(resource, { BucketName, NotificationConfiguration }) {
      await s3.configureNotifications(BucketName, NotificationConfiguration);
      return resource;
    },
    async delete(_resource, { BucketName }) {
      try {
        await s3.configureNotifications(BucketName, notificationConfigurationSchema.parse({}));
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'NoSuchBucket')) throw error;
      }
    },
  });
}
