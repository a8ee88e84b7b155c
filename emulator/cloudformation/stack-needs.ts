// What calls of CloudFormation need permission for.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudformation.html

import type { AccessNeed } from '../kernel/access.ts';
import type { CloudformationState } from './create-cloudformation-service.ts';

/** On one stack, which is there or not. */
export function needOnStack({ stacks, world }: CloudformationState, operation: string, nameOrId: string): AccessNeed {
  const prefix = `arn:aws:cloudformation:${world.region}:${world.accountId}:stack`;
  const given = nameOrId.startsWith('arn:') ? nameOrId : `${prefix}/${nameOrId}/*`;
  return { action: `cloudformation:${operation}`, resource: stacks.find(nameOrId)?.id ?? given };
}

export function needPassRole(roleArn: string | undefined): AccessNeed[] {
  return roleArn === undefined ? [] : [{ action: 'iam:PassRole', resource: roleArn }];
}
