// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { SfnService } from '../../states/create-sfn-service.ts';
import { onlyValue, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

const substitutionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export function createStateMachineType(sfn: SfnService, policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::StepFunctions::StateMachine',
    properties: z.strictObject({
      DefinitionString: z.string(),
      DefinitionSubstitutions: z.record(z.string(), substitutionValue).default({}),
      RoleArn: z.string(),
      StateMachineName: z.string().optional(),
      StateMachineType: onlyValue('STANDARD').optional(),
      EncryptionConfiguration: withoutEffect('encryption at rest takes no time that is measured'),
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
    }),
    provision(properties, context) {
      const { DefinitionString, DefinitionSubstitutions, RoleArn } = properties;
      const name = properties.StateMachineName ?? context.createName({ lengthMax: 80 });
      assertTrust(policies, RoleArn, `arn:aws:states:${context.region}:${context.accountId}:stateMachine:${name}`);
      const { stateMachineArn } = sfn.createStateMachine({
        name,
        definition: substitute(DefinitionString, DefinitionSubstitutions),
        roleArn: RoleArn,
        type: 'STANDARD',
        tags: properties.Tags.map(({ Key: key, Value: value }) => ({ key, value })),
      });
      return { reference: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } };
    },
  });
}

/** As CreateStateMachine refuses it, in its own words. */
function assertTrust(policies: PolicyStore, roleArn: string, stateMachineArn: string): void {
  if (policies.trusts(roleArn, 'states.amazonaws.com', stateMachineArn)) return;
  throw new AwsError(
    'AccessDeniedException',
    'Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.',
  );
}

/** Names without a value stay as they are: `${…}` may mean something to the definition itself. */
function substitute(definition: string, substitutions: Readonly<Record<string, string>>): string {
  const values = new Map(Object.entries(substitutions));
  return definition.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => values.get(name) ?? placeholder);
}
