// The notification configuration of a bucket, which one request replaces as a whole.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html

import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { notificationConfigurationSchema, renderRoutes } from './notification-configuration.ts';
import { bucketMembers } from './object-key.ts';
import { needBucket, type S3State } from './s3-state.ts';

export function putBucketNotificationConfiguration(state: S3State): Operation {
  return defineOperation({
    name: 'PutBucketNotificationConfiguration',
    input: z.strictObject({
      ...bucketMembers,
      NotificationConfiguration: notificationConfigurationSchema,
      SkipDestinationValidation: z.boolean().default(false),
    }),
    needs: (input) => needBucket(state, 's3:PutBucketNotification', input),
    async handle(input) {
      await state.notifier.configure(state.findBucket(input), input.NotificationConfiguration, {
        skipsValidation: input.SkipDestinationValidation,
      });
      return {};
    },
  });
}

export function getBucketNotificationConfiguration(state: S3State): Operation {
  return defineOperation({
    name: 'GetBucketNotificationConfiguration',
    input: z.strictObject(bucketMembers),
    needs: (input) => needBucket(state, 's3:GetBucketNotification', input),
    handle: (input) => renderRoutes(state.findBucket(input).notificationRoutes),
  });
}
