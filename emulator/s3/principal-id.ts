// How event notifications name whoever made a request.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html

import { createHash } from 'node:crypto';
import type { Principal } from '../kernel/access.ts';

const ROLE_ID_CHARACTERS = 17;

/** For a role its unique id, made up from its ARN, and the session. */
export function computePrincipalId(caller: Principal, accountId: string): string {
  switch (caller.kind) {
    case 'root':
      return `AWS:${accountId}`;
    case 'service':
      return `AWS:${caller.service}`;
    case 'role': {
      const digest = createHash('sha256').update(caller.roleArn).digest('hex');
      return `AWS:AROA${digest.slice(0, ROLE_ID_CHARACTERS).toUpperCase()}:${caller.sessionName}`;
    }
  }
}
