// The `SenderId` attribute: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html

import { createHash } from 'node:crypto';
import type { Principal } from '../kernel/access.ts';

const ROLE_ID_CHARACTERS = 17;

/** For a role its unique id and the session, for the account's owner the account; the role's id is made up from its ARN. */
export function computeSenderId(sender: Principal, accountId: string): string {
  switch (sender.kind) {
    case 'root':
      return accountId;
    case 'service':
      return sender.service;
    case 'role': {
      const digest = createHash('sha256').update(sender.roleArn).digest('hex');
      return `AROA${digest.slice(0, ROLE_ID_CHARACTERS).toUpperCase()}:${sender.sessionName}`;
    }
  }
}
