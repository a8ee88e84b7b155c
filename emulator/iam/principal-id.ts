// Who made a request, as messages and event notifications tell it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable

import type { Principal } from '../kernel/access.ts';
import { computeRoleId } from './role-identifiers.ts';

/** For a role its unique id and the session, for the account's owner the account; the role's id is made up from its ARN. */
export function computePrincipalId(principal: Principal, accountId: string): string {
  switch (principal.kind) {
    case 'root':
      return accountId;
    case 'service':
      return principal.service;
    case 'role':
      return `${computeRoleId(principal.roleArn)}:${principal.sessionName}`;
  }
}
