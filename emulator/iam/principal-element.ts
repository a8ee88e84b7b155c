// The `Principal` and `NotPrincipal` elements of resource and trust policies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { MalformedPolicyError } from './malformed-policy-error.ts';
import type { RawStatement } from './policy-schema.ts';
import type { AccessRequest } from './request.ts';
import { computeSessionArn } from './role-identifiers.ts';

/** `any` counts whoever the account may pass its permission on to as named; otherwise only those that a denial hits are. */
export type PrincipalScope = 'allow' | 'deny' | 'any';

type Caller = AccessRequest['caller'];
export type PrincipalTest = (caller: Caller) => boolean;
type PrincipalElement = NonNullable<RawStatement['Principal']>;

const ROLE_ARN = /^arn:aws:iam::\d{12}:role\/.+$/;
const SESSION_ARN = /^arn:aws:sts::\d{12}:assumed-role\/[^/]+\/[^/]+$/;
const ACCOUNT = /^(\d{12}|arn:aws:iam::(\d{12}):root)$/;

/** @throws {UnsupportedFeatureError} for users and federated principals. @throws {MalformedPolicyError} */
export function compilePrincipals(subject: string, scope: PrincipalScope, principal: PrincipalElement): PrincipalTest {
  const tests = [
    ...(principal.AWS ?? []).map((text) => compileAwsPrincipal(subject, scope, text)),
    ...(principal.Service ?? []).map(compileServicePrincipal),
  ];
  return (caller) => tests.some((test) => test(caller));
}

/**
 * Everybody else. A role's session is exempt when its account, its role and the session itself are named, each: whichever is
 * missing is denied. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 * @throws {UnsupportedFeatureError} and MalformedPolicyError, as `compilePrincipals` does.
 */
export function compileNotPrincipals(subject: string, principal: PrincipalElement): PrincipalTest {
  // For what it refuses.
  compilePrincipals(subject, 'deny', principal);
  const named = new Set((principal.AWS ?? []).map((text) => ACCOUNT.exec(text)?.slice(1).findLast(Boolean) ?? text));
  const services = new Set(principal.Service);
  return (caller) => {
    if (named.has('*')) return false;
    if (caller.kind === 'service') return !services.has(caller.service);
    const own = [readAccountId(caller.roleArn), caller.roleArn, computeSessionArn(caller)];
    return !own.every((principalName) => named.has(principalName));
  };
}

function compileAwsPrincipal(subject: string, scope: PrincipalScope, text: string): PrincipalTest {
  if (text === '*') return () => true;
  if (/[*?]/.test(text)) {
    throw new MalformedPolicyError(
      `${subject}: principal ${text} must be a whole ARN; * stands for everybody or nobody`,
    );
  }
  if (ROLE_ARN.test(text)) return (caller) => caller.kind === 'role' && caller.roleArn === text;
  if (SESSION_ARN.test(text)) return (caller) => caller.kind === 'role' && computeSessionArn(caller) === text;
  const account = ACCOUNT.exec(text);
  if (!account) throw new UnsupportedFeatureError(subject, `principal ${text}`);
  const accountId = account[2] ?? account[1];
  // An account that is allowed something may pass it on to its roles, in their own policies; a denial holds for all of them.
  return (caller) => scope !== 'allow' && caller.kind === 'role' && readAccountId(caller.roleArn) === accountId;
}

function compileServicePrincipal(service: string): PrincipalTest {
  return (caller) => caller.kind === 'service' && caller.service === service;
}

function readAccountId(arn: string): string {
  return arn.split(':')[4] ?? '';
}
