// A policy document, parsed once and asked many times.

import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { StatementName } from './access-log.ts';
import { type Condition, compileCondition } from './condition.ts';
import { compilePattern, type Pattern } from './pattern.ts';
import { policySchema, type RawStatement } from './policy-schema.ts';
import { compilePrincipals, type PrincipalTest } from './principal-element.ts';
import type { AccessRequest } from './request.ts';

export type PolicyKind = 'identity' | 'resource' | 'trust';

export interface Policy {
  readonly kind: PolicyKind;
  readonly statements: readonly Statement[];
}

/** The statement that decides a request. */
export interface Verdict {
  readonly effect: 'allow' | 'deny';
  readonly kind: PolicyKind;
  readonly statement: StatementName;
}

/** Thrown when a policy document is not one that IAM would take. */
export class MalformedPolicyError extends Error {
  override name = 'MalformedPolicyError';
}

interface Statement extends StatementName {
  readonly effect: 'allow' | 'deny';
  matches(request: AccessRequest): boolean;
}

/**
 * `subject` names the policy in errors.
 * @throws {MalformedPolicyError}
 * @throws {UnsupportedFeatureError} for an element, condition operator, condition key or policy variable that is not modelled.
 */
export function parsePolicy(subject: string, kind: PolicyKind, document: unknown): Policy {
  const parsed = policySchema.safeParse(document);
  if (!parsed.success) throw explainRejection(subject, parsed.error);
  const statements = parsed.data.Statement.map((raw, index) => ({
    policy: subject,
    index,
    sid: raw.Sid,
    ...compileStatement(`${subject}, Statement[${index}]`, kind, raw),
  }));
  return { kind, statements };
}

/** The first denial, or else the first allowance; undefined when no statement speaks of the request. */
export function decide(policies: readonly Policy[], request: AccessRequest): Verdict | undefined {
  let allowance: Verdict | undefined;
  for (const { kind, statements } of policies) {
    for (const statement of statements) {
      const { effect } = statement;
      // Once something allows, only a denial matters.
      if ((allowance && effect === 'allow') || !statement.matches(request)) continue;
      if (effect === 'deny') return { effect, kind, statement };
      allowance = { effect, kind, statement };
    }
  }
  return allowance;
}

function compileStatement(subject: string, kind: PolicyKind, raw: RawStatement): Pick<Statement, 'effect' | 'matches'> {
  refuseVariables(subject, raw);
  const effect = raw.Effect === 'Allow' ? 'allow' : 'deny';
  const isAction = compileEither(subject, ['Action', 'NotAction'], raw.Action, raw.NotAction, { ignoreCase: true });
  // A trust policy is attached to the very role it is about, and names no resource.
  const isResource =
    kind === 'trust'
      ? () => true
      : compileEither(subject, ['Resource', 'NotResource'], raw.Resource, raw.NotResource, {});
  const isCaller = compileCaller(subject, kind, effect, raw);
  const conditions = compileConditions(subject, raw);
  return {
    effect,
    matches: (request) =>
      isAction(request.need.action) &&
      isResource(request.need.resource) &&
      isCaller(request.caller) &&
      conditions.every((condition) => condition.holds(request)),
  };
}

/** An element or its `Not…` form: exactly one of them has to be there. */
function compileEither(
  subject: string,
  names: readonly [string, string],
  included: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
  options: { ignoreCase?: boolean },
): (value: string) => boolean {
  const texts = included ?? excluded;
  if (!texts || (included && excluded)) {
    throw new MalformedPolicyError(`${subject} must have either ${names[0]} or ${names[1]}`);
  }
  const patterns: readonly Pattern[] = texts.map((text) => compilePattern(text, options));
  const expected = included !== undefined;
  return (value) => patterns.some((pattern) => pattern.matches(value)) === expected;
}

function compileCaller(
  subject: string,
  kind: PolicyKind,
  effect: Statement['effect'],
  raw: RawStatement,
): PrincipalTest {
  if (kind === 'identity') {
    if (raw.Principal) throw new MalformedPolicyError(`${subject} must not have a Principal: it belongs to a role`);
    return () => true;
  }
  if (!raw.Principal) throw new MalformedPolicyError(`${subject} must have a Principal`);
  return compilePrincipals(subject, effect, raw.Principal);
}

function compileConditions(subject: string, raw: RawStatement): Condition[] {
  return Object.entries(raw.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, expected]) => compileCondition(subject, { operator, key, expected })),
  );
}

/** `${aws:username}` and its like, which IAM replaces in resources and condition values. */
function refuseVariables(subject: string, raw: RawStatement): void {
  const values = Object.values(raw.Condition ?? {}).flatMap((keys) => Object.values(keys).flat());
  for (const text of [...(raw.Resource ?? []), ...(raw.NotResource ?? []), ...values]) {
    const [variable] = /\$\{[^}]*\}/.exec(text) ?? [];
    if (variable) throw new UnsupportedFeatureError(subject, `policy variable ${variable}`);
  }
}

function explainRejection(subject: string, error: z.ZodError): Error {
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      return new UnsupportedFeatureError(subject, `policy element ${[...issue.path, issue.keys[0]].join('.')}`);
    }
  }
  return new MalformedPolicyError(`${subject}: ${z.prettifyError(error)}`, { cause: error });
}
