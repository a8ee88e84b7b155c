import type { AccessNeed } from '../kernel/access.ts';

/**
 * What a call needs that hands a role to a service, such as `states.amazonaws.com`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export function createPassRoleNeed(roleArn: string, service: string): AccessNeed {
  return { action: 'iam:PassRole', resource: roleArn, keys: { 'iam:passedtoservice': service } };
}
