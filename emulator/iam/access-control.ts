// Decides each call within the one account.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html

import type { AccessControl, AccessNeed } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import type { PolicyStore } from './policy-store.ts';
import { type AccessRequest, createAccessRequest } from './request.ts';
import { computeSessionArn } from './role-identifiers.ts';

/** A denial in either kind of policy decides; without one, an allowance in either is enough. */
export function createAccessControl(
  store: PolicyStore,
  account: { readonly region: string; readonly accountId: string },
): AccessControl {
  return {
    authorize(caller, need) {
      if (caller.kind === 'root') return;
      const request = createAccessRequest(caller, need, account);
      // A role that has been deleted since its session began may do nothing any more.
      const hasPolicies = caller.kind === 'role' && store.hasRole(caller.roleArn);
      const identity = hasPolicies ? store.listIdentityPolicies(caller.roleArn) : [];
      const resource = store.listResourcePolicies(findOwner(need.resource));
      const decisions = [...identity, ...resource].map((policy) => ({
        kind: policy.kind,
        decision: policy.decide(request),
      }));
      const denial = decisions.find(({ decision }) => decision === 'deny');
      if (denial) throw explainDenial(request, `with an explicit deny in ${article(denial.kind)}-based policy`);
      if (!decisions.some(({ decision }) => decision === 'allow')) {
        const kind = caller.kind === 'role' ? 'identity' : 'resource';
        throw explainDenial(request, `because no ${kind}-based policy allows the ${need.action} action`);
      }
    },
  };
}

/** The ARN that carries the policy: an object's is its bucket. */
function findOwner(resource: string): string {
  return resource.startsWith('arn:aws:s3:::') ? (resource.split('/')[0] ?? resource) : resource;
}

function article(kind: string): string {
  return kind === 'identity' ? 'an identity' : `a ${kind}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function explainDenial({ caller, need }: AccessRequest, reason: string): AwsError {
  const user = caller.kind === 'service' ? caller.service : computeSessionArn(caller.roleArn, caller.sessionName);
  const target = need.resource === '*' ? '' : ` on resource: ${quoteResource(need)}`;
  const message = `User: ${user} is not authorized to perform: ${need.action}${target} ${reason}`;
  return need.action.startsWith('s3:')
    ? new AwsError('AccessDenied', message, { status: 403 })
    : new AwsError('AccessDeniedException', message, { status: need.action.startsWith('lambda:') ? 403 : 400 });
}

/** S3 alone puts its ARNs in quotes, as in https://github.com/aws-samples/serverless-patterns/pull/2457 */
function quoteResource({ action, resource }: AccessNeed): string {
  return action.startsWith('s3:') ? `"${resource}"` : resource;
}
