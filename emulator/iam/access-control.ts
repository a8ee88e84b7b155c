// Decides each call within the one account.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html

import type { AccessControl } from '../kernel/access.ts';
import { AccessDeniedError } from './access-denied-error.ts';
import { decide, type Verdict } from './policy.ts';
import type { PolicyStore } from './policy-store.ts';
import type { AccessRequest } from './request.ts';

/** A denial in either kind of policy decides; without one, an allowance in either is enough. */
export function createAccessControl(store: PolicyStore): AccessControl {
  return {
    authorize(caller, need) {
      if (caller.kind === 'root') return;
      const request = store.createRequest(caller, need);
      const verdict = decideCall(store, request);
      const isAllowed = verdict?.effect === 'allow';
      store.log.add({ caller, need, isAllowed, statement: verdict?.statement });
      if (!isAllowed) throw new AccessDeniedError(request, verdict?.kind);
    },
  };
}

function decideCall(store: PolicyStore, request: AccessRequest): Verdict | undefined {
  const { caller, need } = request;
  // A role that has been deleted since its session began may do nothing any more.
  const hasPolicies = caller.kind === 'role' && store.hasRole(caller.roleArn);
  const identity = hasPolicies ? store.listIdentityPolicies(caller.roleArn) : [];
  return decide([...identity, ...store.listResourcePolicies(findOwner(need.resource))], request);
}

/** The ARN that carries the policy: an object's is its bucket. */
function findOwner(resource: string): string {
  return resource.startsWith('arn:aws:s3:::') ? (resource.split('/')[0] ?? resource) : resource;
}
