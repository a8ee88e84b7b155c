// The `SenderId` attribute: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html

import { computeRoleId } from '../iam/role-identifiers.ts';
import type { Principal } from '../kernel/access.ts';

/** For a role its unique id and the session, for the account's owner the account; the role's id is made up from its ARN. */
export function computeSenderId(sender: Principal, accountId: string): string {
  switch (sender.kind) {
    case 'root':
      return accountId;
    case 'service':
      return sender.service;
    case 'role':
      return `${computeRoleId(sender.roleArn)}:${sender.sessionName}`;
  }
}
