// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-permission.html

import { z } from 'zod';
import type { PolicyStore } from '../../iam/policy-store.ts';
import { defineResourceType, type ProvisionContext, type ResourceType } from '../resource-type.ts';

export function createPermissionType(policies: PolicyStore): ResourceType {
  return defineResourceType({
    name: 'AWS::Lambda::Permission',
    properties: z.strictObject({
      Action: z.string().regex(/^(lambda:[*]|lambda:[a-zA-Z]+|[*])$/),
      FunctionName: z.string(),
      Principal: z.string(),
      SourceAccount: z.string().optional(),
      SourceArn: z.string().optional(),
    }),
    provision(properties, context) {
      const { Action, Principal, SourceAccount, SourceArn } = properties;
      const functionArn = computeFunctionArn(properties.FunctionName, context);
      const statementId = context.createName({ lengthMax: 100 });
      policies.addResourcePolicy(
        functionArn,
        {
          Version: '2012-10-17',
          Statement: {
            Sid: statementId,
            Effect: 'Allow',
            Action,
            Principal: Principal.endsWith('.amazonaws.com') ? { Service: Principal } : { AWS: Principal },
            Resource: functionArn,
            Condition: {
              ...(SourceArn && { ArnLike: { 'AWS:SourceArn': SourceArn } }),
              ...(SourceAccount && { StringEquals: { 'AWS:SourceAccount': SourceAccount } }),
            },
          },
        },
        statementId,
      );
      return { reference: statementId, attributes: { Id: statementId } };
    },
    delete: ({ reference }, { FunctionName }, context) =>
      policies.removeResourcePolicy(computeFunctionArn(FunctionName, context), reference),
  });
}

/** A function may be given by its name or its ARN. */
function computeFunctionArn(nameOrArn: string, { region, accountId }: ProvisionContext): string {
  return nameOrArn.startsWith('arn:') ? nameOrArn : `arn:aws:lambda:${region}:${accountId}:function:${nameOrArn}`;
}
