// `NotificationConfiguration` of a bucket: what the API has, under other names.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-s3-bucket-notificationconfiguration.html

import { z } from 'zod';
import type { NotificationConfiguration } from '../../s3/notification-configuration.ts';

const filterSchema = z.strictObject({
  S3Key: z.strictObject({ Rules: z.array(z.strictObject({ Name: z.string(), Value: z.string() })) }),
});

const commonMembers = { Event: z.string(), Filter: filterSchema.optional() };

export const notificationProperty = z.strictObject({
  LambdaConfigurations: z.array(z.strictObject({ ...commonMembers, Function: z.string() })).default([]),
  QueueConfigurations: z.array(z.strictObject({ ...commonMembers, Queue: z.string() })).default([]),
});

export function renderNotificationConfiguration({
  LambdaConfigurations,
  QueueConfigurations,
}: z.output<typeof notificationProperty>): NotificationConfiguration {
  return {
    LambdaFunctionConfigurations: LambdaConfigurations.map(({ Function: LambdaFunctionArn, ...rest }) => ({
      LambdaFunctionArn,
      ...renderCommon(rest),
    })),
    QueueConfigurations: QueueConfigurations.map(({ Queue: QueueArn, ...rest }) => ({
      QueueArn,
      ...renderCommon(rest),
    })),
  };
}

function renderCommon({ Event, Filter }: z.output<z.ZodObject<typeof commonMembers>>) {
  return { Events: [Event], ...(Filter && { Filter: { Key: { FilterRules: Filter.S3Key.Rules } } }) };
}
