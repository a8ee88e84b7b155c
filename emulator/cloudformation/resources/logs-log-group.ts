// Nothing is written to log groups here; they are there to be named, in policies and functions.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html

import { z } from 'zod';
import { tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createLogGroupType(): ResourceType {
  return defineResourceType({
    name: 'AWS::Logs::LogGroup',
    properties: z.strictObject({
      LogGroupName: z.string().optional(),
      KmsKeyId: withoutEffect('no logs are kept'),
      LogGroupClass: withoutEffect('no logs are kept'),
      RetentionInDays: withoutEffect('no logs are kept'),
      Tags: tagsProperty,
    }),
    provision({ LogGroupName }, context) {
      const name = LogGroupName ?? context.createName({ lengthMax: 512 });
      return {
        reference: name,
        attributes: { Arn: `arn:aws:logs:${context.region}:${context.accountId}:log-group:${name}:*` },
      };
    },
  });
}
