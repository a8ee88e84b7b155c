// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';

export function createPolicyType(policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::IAM::Policy',
    properties: z.strictObject({
      PolicyDocument: z.unknown(),
      PolicyName: z.string(),
      Roles: z.array(z.string()).min(1),
    }),
    provision({ PolicyDocument, PolicyName, Roles }) {
      for (const roleName of Roles) policies.putRolePolicy(roleName, PolicyName, PolicyDocument);
      return { reference: PolicyName, attributes: {} };
    },
    updatable: ['PolicyDocument'],
    update(resource, { PolicyDocument, PolicyName, Roles }) {
      for (const roleName of Roles) policies.putRolePolicy(roleName, PolicyName, PolicyDocument);
      return resource;
    },
    delete(_resource, { PolicyName, Roles }) {
      for (const roleName of Roles) policies.deleteRolePolicy(roleName, PolicyName);
    },
  });
}
