// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html

import { z } from 'zod';
import type { EventbridgeService } from '../../eventbridge/create-eventbridge-service.ts';
import { integerProperty, onlyValue, tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

const targetSchema = z.strictObject({
  Arn: z.string(),
  Id: z.string(),
  RetryPolicy: z
    .strictObject({
      MaximumEventAgeInSeconds: integerProperty.pipe(z.number().min(60).max(86_400)).optional(),
      MaximumRetryAttempts: integerProperty.pipe(z.number().min(0).max(185)).optional(),
    })
    .default({}),
});

export function createRuleType(eventbridge: EventbridgeService): ResourceType {
  return defineResourceType({
    name: 'AWS::Events::Rule',
    properties: z.strictObject({
      // The default bus is not modelled, so that a rule has to say which bus it is for.
      EventBusName: z.string(),
      EventPattern: z.record(z.string(), z.unknown()),
      Name: z.string().optional(),
      State: onlyValue('ENABLED').optional(),
      Targets: z.array(targetSchema).default([]),
      Description: withoutEffect('for people'),
      Tags: tagsProperty,
    }),
    provision({ EventBusName, EventPattern, Name, Targets }, context) {
      const name = Name ?? context.createName({ lengthMax: 64 });
      const { ruleArn } = eventbridge.putRule({ busName: EventBusName, name, eventPattern: EventPattern });
      for (const { Id, Arn, RetryPolicy } of Targets) {
        const { MaximumEventAgeInSeconds, MaximumRetryAttempts } = RetryPolicy;
        eventbridge.putTarget(ruleArn, {
          id: Id,
          arn: Arn,
          retryPolicy: {
            ...(MaximumEventAgeInSeconds !== undefined && { maximumEventAgeSeconds: MaximumEventAgeInSeconds }),
            ...(MaximumRetryAttempts !== undefined && { maximumRetryAttempts: MaximumRetryAttempts }),
          },
        });
      }
      return { reference: `${EventBusName}|${name}`, attributes: { Arn: ruleArn } };
    },
  });
}
