// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { AwsError } from '../../kernel/errors.ts';
import { onlyValue, tagsProperty, withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createRoleType(policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::IAM::Role',
    properties: z.strictObject({
      AssumeRolePolicyDocument: z.unknown(),
      ManagedPolicyArns: z.array(z.string()).default([]),
      Path: onlyValue('/').optional(),
      Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
      RoleName: z.string().optional(),
      Description: withoutEffect('for people'),
      MaxSessionDuration: withoutEffect('emulated sessions do not expire'),
      Tags: tagsProperty,
    }),
    provision(properties, context) {
      const roleName = properties.RoleName ?? context.createName({ lengthMax: 64 });
      if (policies.hasRole(`arn:aws:iam::${context.accountId}:role/${roleName}`)) {
        throw new AwsError('EntityAlreadyExists', `Role with name ${roleName} already exists.`, { status: 409 });
      }
      const arn = policies.createRole({
        roleName,
        trustPolicy: properties.AssumeRolePolicyDocument,
        managedPolicyArns: properties.ManagedPolicyArns,
        inlinePolicies: properties.Policies.map(({ PolicyName, PolicyDocument }) => ({
          policyName: PolicyName,
          document: PolicyDocument,
        })),
      });
      return { reference: roleName, attributes: { Arn: arn } };
    },
    updatable: ['AssumeRolePolicyDocument'],
    update(resource, { AssumeRolePolicyDocument }) {
      policies.updateTrustPolicy(resource.reference, AssumeRolePolicyDocument);
      return resource;
    },
    delete: ({ reference }) => policies.deleteRole(reference),
  });
}
