// The `Principal` element of resource and trust policies.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { RawStatement } from './policy-schema.ts';
import type { AccessRequest } from './request.ts';

/** `any` counts whoever the account may pass its permission on to as named; otherwise only those that a denial hits are. */
export type PrincipalScope = 'allow' | 'deny' | 'any';

export type PrincipalTest = (caller: AccessRequest['caller']) => boolean;

const ROLE_ARN = /^arn:aws:iam::\d{12}:role\/.+$/;
const ACCOUNT = /^(\d{12}|arn:aws:iam::(\d{12}):root)$/;

/** @throws {UnsupportedFeatureError} for users, federated principals and assumed-role sessions. */
export function compilePrincipals(
  subject: string,
  scope: PrincipalScope,
  principal: NonNullable<RawStatement['Principal']>,
): PrincipalTest {
  const tests = [
    ...(principal.AWS ?? []).map((text) => compileAwsPrincipal(subject, scope, text)),
    ...(principal.Service ?? []).map(compileServicePrincipal),
  ];
  return (caller) => tests.some((test) => test(caller));
}

function compileAwsPrincipal(subject: string, scope: PrincipalScope, text: string): PrincipalTest {
  if (text === '*') return () => true;
  if (ROLE_ARN.test(text)) return (caller) => caller.kind === 'role' && caller.roleArn === text;
  const account = ACCOUNT.exec(text);
  if (!account) throw new UnsupportedFeatureError(subject, `principal ${text}`);
  const accountId = account[2] ?? account[1];
  // An account that is allowed something may pass it on to its roles, in their own policies; a denial holds for all of them.
  return (caller) => scope !== 'allow' && caller.kind === 'role' && caller.roleArn.split(':')[4] === accountId;
}

function compileServicePrincipal(service: string): PrincipalTest {
  return (caller) => caller.kind === 'service' && caller.service === service;
}
