// A denied call, worded as AWS words it. https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import type { AccessNeed } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import type { PolicyKind } from './policy.ts';
import type { AccessRequest } from './request.ts';
import { computeSessionArn } from './role-identifiers.ts';

/** A statement as a policy's JSON has it. */
export interface PolicyStatementJson {
  readonly Effect: 'Allow';
  readonly Principal?: { readonly Service: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: { readonly ArnLike: { readonly 'aws:SourceArn': string } };
}

/** Thrown when a policy denies a call, or none allows it. */
export class AccessDeniedError extends AwsError {
  override name = 'AccessDeniedError';
  /**
   * The narrowest statement that would allow the call: in a policy of the caller's role, or in the resource's own policy when
   * it names a principal. Undefined when a statement denies the call: none could allow it. AWS tells nobody this; it is never
   * on the wire.
   */
  readonly missingStatement: PolicyStatementJson | undefined;

  constructor(request: AccessRequest, deniedBy: PolicyKind | undefined) {
    const { action } = request.need;
    super(computeCode(action), renderMessage(request, deniedBy), { status: computeStatus(action) });
    this.missingStatement = deniedBy ? undefined : renderMissingStatement(request);
  }
}

/** S3 has a code of its own: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
function computeCode(action: string): string {
  return action.startsWith('s3:') ? 'AccessDenied' : 'AccessDeniedException';
}

/** REST services say 403, those with AWS JSON 400. */
function computeStatus(action: string): number {
  return action.startsWith('s3:') || action.startsWith('lambda:') ? 403 : 400;
}

function renderMessage({ caller, need }: AccessRequest, deniedBy: PolicyKind | undefined): string {
  const user = caller.kind === 'service' ? caller.service : computeSessionArn(caller);
  const target = need.resource === '*' ? '' : ` on resource: ${quoteResource(need)}`;
  const reason = deniedBy
    ? `with an explicit deny in ${deniedBy === 'identity' ? 'an identity' : `a ${deniedBy}`}-based policy`
    : `because no ${caller.kind === 'role' ? 'identity' : 'resource'}-based policy allows the ${need.action} action`;
  return `User: ${user} is not authorized to perform: ${need.action}${target} ${reason}`;
}

/** S3 alone puts its ARNs in quotes, as in https://github.com/aws-samples/serverless-patterns/pull/2457 */
function quoteResource({ action, resource }: AccessNeed): string {
  return action.startsWith('s3:') ? `"${resource}"` : resource;
}

function renderMissingStatement({ caller, need }: AccessRequest): PolicyStatementJson {
  const { action: Action, resource: Resource } = need;
  if (caller.kind === 'role') return { Effect: 'Allow', Action, Resource };
  return {
    Effect: 'Allow',
    Principal: { Service: caller.service },
    Action,
    Resource,
    Condition: { ArnLike: { 'aws:SourceArn': caller.sourceArn } },
  };
}
