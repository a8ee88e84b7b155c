// How a role and its sessions are called besides by the role's ARN.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html

import { createHash } from 'node:crypto';

const ROLE_ID_CHARACTERS = 17;

/** `AROA…`, made up from the role's ARN. */
export function computeRoleId(roleArn: string): string {
  const digest = createHash('sha256').update(roleArn).digest('hex');
  return `AROA${digest.slice(0, ROLE_ID_CHARACTERS).toUpperCase()}`;
}

/** The caller's ARN in errors and in `sts:GetCallerIdentity`: the role's path is left out. */
export function computeSessionArn(caller: { readonly roleArn: string; readonly sessionName: string }): string {
  const [, , , , accountId, resource = ''] = caller.roleArn.split(':');
  return `arn:aws:sts::${accountId}:assumed-role/${resource.split('/').at(-1)}/${caller.sessionName}`;
}
