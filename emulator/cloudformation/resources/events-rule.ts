// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-events-rule.html

import { z } from 'zod';
import type { EventbridgeService } from '../../eventbridge/create-eventbridge-service.ts';
import { targetDefinitionSchema } from '../../eventbridge/target-definition.ts';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import { integerProperty, tagsProperty } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

const targetSchema = targetDefinitionSchema.extend({
  RetryPolicy: z
    .strictObject({
      MaximumEventAgeInSeconds: integerProperty.pipe(z.number().min(60).max(86_400)).optional(),
      MaximumRetryAttempts: integerProperty.pipe(z.number().min(0).max(185)).optional(),
    })
    .optional(),
});

const ruleSchema = z.strictObject({
  EventBusName: z.string().default('default'),
  EventPattern: z.record(z.string(), z.unknown()),
  Name: z.string().optional(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z.array(targetSchema).default([]),
  Description: z.string().max(512).optional(),
  Tags: tagsProperty,
});

export function createRuleType(eventbridge: EventbridgeService, policies: PolicyStore): ResourceType {
  /** Gives its ARN. */
  const putRule = (name: string, properties: z.output<typeof ruleSchema>): string => {
    const { EventBusName, EventPattern, State, Targets, Description } = properties;
    const rule = { busName: EventBusName, name };
    const { ruleArn } = eventbridge.putRule({
      ...rule,
      eventPattern: EventPattern,
      state: State,
      ...(Description !== undefined && { description: Description }),
    });
    for (const target of Targets) {
      if (target.RoleArn !== undefined) assertTrust(policies, target.RoleArn, ruleArn);
      eventbridge.putTarget(rule, target);
    }
    return ruleArn;
  };
  return defineResourceType({
    name: 'AWS::Events::Rule',
    properties: ruleSchema,
    provision(properties, context) {
      const name = properties.Name ?? context.createName({ lengthMax: 64 });
      const { EventBusName } = properties;
      const ruleArn = putRule(name, properties);
      // On the default bus, Ref is the name alone.
      return { reference: EventBusName === 'default' ? name : `${EventBusName}|${name}`, attributes: { Arn: ruleArn } };
    },
    updatable: ['Description', 'EventPattern', 'State', 'Targets'],
    // Made anew, so that no target stays that the new properties lack.
    update(resource, properties) {
      const name = parseRuleName(resource.reference);
      eventbridge.deleteRule({ busName: properties.EventBusName, name });
      putRule(name, properties);
      return resource;
    },
    delete: ({ reference }, { EventBusName }) =>
      eventbridge.deleteRule({ busName: EventBusName, name: parseRuleName(reference) }),
  });
}

/** As PutTargets refuses it, in its own words. */
function assertTrust(policies: PolicyStore, roleArn: string, ruleArn: string): void {
  if (policies.trusts(roleArn, 'events.amazonaws.com', ruleArn)) return;
  throw new AwsError(
    'ValidationException',
    `Provided role '${roleArn}' cannot be assumed by principal 'events.amazonaws.com'.`,
  );
}

/** `<bus>|<rule>`, or the rule alone. */
function parseRuleName(reference: string): string {
  return reference.split('|').at(-1) ?? '';
}
