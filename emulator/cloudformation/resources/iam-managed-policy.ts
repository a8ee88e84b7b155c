// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { withoutEffect } from '../property-schemas.ts';
import { defineResourceType, type ResourceType } from '../resource-type.ts';
import { pathProperty } from './iam-path.ts';

export function createManagedPolicyType(policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::IAM::ManagedPolicy',
    properties: z.strictObject({
      ManagedPolicyName: z.string().optional(),
      Path: pathProperty.optional(),
      PolicyDocument: z.unknown(),
      Roles: z.array(z.string()).default([]),
      Description: withoutEffect('for people'),
    }),
    provision({ ManagedPolicyName, Path, PolicyDocument, Roles }, context) {
      const policyName = ManagedPolicyName ?? context.createName({ lengthMax: 128 });
      const arn = policies.createManagedPolicy({
        policyName,
        ...(Path !== undefined && { path: Path }),
        document: PolicyDocument,
      });
      for (const roleName of Roles) policies.attachRolePolicy(roleName, arn);
      return { reference: arn, attributes: { PolicyArn: arn } };
    },
    delete({ reference }, { Roles }) {
      for (const roleName of Roles) policies.deleteRolePolicy(roleName, reference);
      policies.deleteManagedPolicy(reference);
    },
  });
}
