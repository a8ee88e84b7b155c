// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-stepfunctions-statemachine.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import type { SfnService } from '../../states/create-sfn-service.ts';
import { TemplateError } from '../errors.ts';
import { onlyValue, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

const substitutionValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export function createStateMachineType(sfn: SfnService, policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::StepFunctions::StateMachine',
    properties: z.strictObject({
      Definition: z.record(z.string(), z.unknown()).optional(),
      DefinitionString: z.string().optional(),
      DefinitionSubstitutions: z.record(z.string(), substitutionValue).default({}),
      RoleArn: z.string(),
      StateMachineName: z.string().optional(),
      StateMachineType: onlyValue('STANDARD').optional(),
      EncryptionConfiguration: withoutEffect('encryption at rest takes no time that is measured'),
      Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
    }),
    provision(properties, context) {
      const { RoleArn } = properties;
      const name = properties.StateMachineName ?? context.createName({ lengthMax: 80 });
      assertTrust(policies, RoleArn, `arn:aws:states:${context.region}:${context.accountId}:stateMachine:${name}`);
      const { stateMachineArn } = sfn.createStateMachine({
        name,
        definition: renderDefinition(properties),
        roleArn: RoleArn,
        type: 'STANDARD',
        tags: properties.Tags.map(({ Key: key, Value: value }) => ({ key, value })),
      });
      return { reference: stateMachineArn, attributes: { Arn: stateMachineArn, Name: name } };
    },
    updatable: ['Definition', 'DefinitionString', 'DefinitionSubstitutions', 'RoleArn'],
    update(resource, properties) {
      const { RoleArn } = properties;
      assertTrust(policies, RoleArn, resource.reference);
      sfn.updateStateMachine(resource.reference, { definition: renderDefinition(properties), roleArn: RoleArn });
      return resource;
    },
    delete: ({ reference }) => sfn.deleteStateMachine(reference),
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

/** As text, with every substitution made. @throws {TemplateError} */
function renderDefinition({
  Definition: definition,
  DefinitionString: text,
  DefinitionSubstitutions: substitutions,
}: {
  readonly Definition?: Readonly<Record<string, unknown>> | undefined;
  readonly DefinitionString?: string | undefined;
  readonly DefinitionSubstitutions: Readonly<Record<string, string>>;
}): string {
  if ((definition === undefined) === (text === undefined)) {
    throw new TemplateError('A state machine has either a Definition or a DefinitionString');
  }
  if (text !== undefined) return substitute(text, substitutions);
  const escaped = Object.entries(substitutions).map(([name, value]) => [name, JSON.stringify(value).slice(1, -1)]);
  return substitute(JSON.stringify(definition), Object.fromEntries(escaped));
}

/** Names without a value stay as they are: `${…}` may mean something to the definition itself. */
function substitute(definition: string, substitutions: Readonly<Record<string, string>>): string {
  const values = new Map(Object.entries(substitutions));
  return definition.replaceAll(/\$\{(\w+)\}/g, (placeholder, name: string) => values.get(name) ?? placeholder);
}
