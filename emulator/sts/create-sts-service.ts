// STS: who calls, and temporary credentials of roles.

import type { AccessKeys } from '../iam/access-keys.ts';
import type { PolicyStore } from '../iam/policy-store.ts';
import type { AccessControl } from '../kernel/access.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Service } from '../kernel/operation.ts';
import { assumeRole } from './assume-role.ts';
import { getCallerIdentity } from './get-caller-identity.ts';
import { getSessionToken } from './get-session-token.ts';

export interface StsParts {
  readonly accountId: string;
  readonly clock: Clock;
  readonly access: AccessControl;
  readonly accessKeys: AccessKeys;
  readonly policies: PolicyStore;
}

export interface StsService {
  readonly service: Service;
}

export function createStsService(parts: StsParts): StsService {
  return {
    service: {
      name: 'sts',
      operations: [assumeRole(parts), getCallerIdentity(parts.accountId), getSessionToken(parts)],
    },
  };
}
