// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-loggroup.html

import { z } from 'zod';
import { AwsError } from '../../kernel/errors.ts';
import type { LogStore } from '../../logs/log-store.ts';
import { assertRetention } from '../../logs/put-retention-policy.ts';
import { integerProperty, onlyValue, tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createLogGroupType(store: LogStore): ResourceType {
  return defineResourceType({
    name: 'AWS::Logs::LogGroup',
    properties: z.strictObject({
      LogGroupName: z.string().optional(),
      LogGroupClass: onlyValue('STANDARD').optional(),
      RetentionInDays: integerProperty.optional(),
      KmsKeyId: withoutEffect('encryption at rest takes no time that is measured'),
      Tags: tagsProperty,
    }),
    provision({ LogGroupName, RetentionInDays }, context) {
      const name = LogGroupName ?? context.createName({ lengthMax: 512 });
      if (RetentionInDays !== undefined) assertRetention(RetentionInDays);
      store.createGroup(name, RetentionInDays);
      return { reference: name, attributes: { Arn: `${store.computeArn(name)}:*` } };
    },
    updatable: ['RetentionInDays'],
    update(resource, { RetentionInDays }) {
      if (RetentionInDays !== undefined) assertRetention(RetentionInDays);
      store.findGroup(resource.reference).retentionDays = RetentionInDays;
      return resource;
    },
    delete({ reference }) {
      try {
        store.deleteGroup(reference);
      } catch (error) {
        if (!(error instanceof AwsError && error.code === 'ResourceNotFoundException')) throw error;
      }
    },
  });
}
