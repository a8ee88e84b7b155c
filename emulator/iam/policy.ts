// A policy document, parsed once and asked many times.

import { z } from 'zod';
import { UnsupportedFeatureError } from '../kernel/errors.ts';
import type { StatementName } from './access-log.ts';
import { type Condition, compileCondition } from './condition.ts';
import { MalformedPolicyError } from './malformed-policy-error.ts';
import { compilePattern } from './pattern.ts';
import { policySchema, type RawStatement } from './policy-schema.ts';
import { compileNotPrincipals, compilePrincipals } from './principal-element.ts';
import type { AccessRequest } from './request.ts';
import { compileNotResources, compileResources } from './resource-element.ts';

/** `delegation` is a trust policy that is asked whether it leaves the decision to the policies of the account's roles. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'delegation';

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

type RequestTest = (request: AccessRequest) => boolean;

interface Statement extends StatementName {
  readonly effect: 'allow' | 'deny';
  matches(request: AccessRequest): boolean;
}

interface StatementSource {
  /** Names the statement in errors. */
  readonly subject: string;
  readonly kind: PolicyKind;
  /** Whether `${…}` is a variable: "you must include the Version element and set it to 2012-10-17". */
  readonly hasVariables: boolean;
  readonly raw: RawStatement;
}

/**
 * `subject` names the policy in errors.
 * @throws {MalformedPolicyError}
 * @throws {UnsupportedFeatureError} for an element, principal, condition key or policy variable that is not modelled.
 */
export function parsePolicy(subject: string, kind: PolicyKind, document: unknown): Policy {
  const parsed = policySchema.safeParse(document);
  if (!parsed.success) throw explainRejection(subject, parsed.error);
  const hasVariables = parsed.data.Version === '2012-10-17';
  const statements = parsed.data.Statement.map((raw, index) => ({
    policy: subject,
    index,
    sid: raw.Sid,
    ...compileStatement({ subject: `${subject}, Statement[${index}]`, kind, hasVariables, raw }),
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

function compileStatement(source: StatementSource): Pick<Statement, 'effect' | 'matches'> {
  const effect = source.raw.Effect === 'Allow' ? 'allow' : 'deny';
  const isAction = compileAction(source);
  const isResource = compileResource(source);
  const isCaller = compileCaller(source, effect);
  const conditions = compileConditions(source);
  return {
    effect,
    matches: (request) =>
      isAction(request) &&
      isResource(request) &&
      isCaller(request) &&
      conditions.every((condition) => condition.holds(request)),
  };
}

function compileAction({ subject, raw: { Action, NotAction } }: StatementSource): RequestTest {
  const texts = requireOne(subject, ['Action', 'NotAction'], Action, NotAction);
  const patterns = texts.map((text) => compilePattern(text, { ignoreCase: true }));
  const expected = Action !== undefined;
  return ({ need }) => patterns.some((pattern) => pattern.matches(need.action)) === expected;
}

function compileResource({ subject, kind, hasVariables, raw }: StatementSource): RequestTest {
  const { Resource, NotResource } = raw;
  if (kind === 'trust' || kind === 'delegation') {
    if (!Resource && !NotResource) return () => true;
    // "Has prohibited field Resource": a trust policy is attached to the very role that it is about.
    throw new MalformedPolicyError(`${subject} must not have a Resource: it is about its own role`);
  }
  const texts = requireOne(subject, ['Resource', 'NotResource'], Resource, NotResource);
  return Resource ? compileResources(subject, texts, hasVariables) : compileNotResources(subject, texts, hasVariables);
}

function compileCaller({ subject, kind, raw }: StatementSource, effect: Statement['effect']): RequestTest {
  const { Principal, NotPrincipal } = raw;
  if (kind === 'identity') {
    if (!Principal && !NotPrincipal) return () => true;
    throw new MalformedPolicyError(`${subject} must not have a Principal: it belongs to a role`);
  }
  if (Principal && NotPrincipal) {
    throw new MalformedPolicyError(`${subject} must have either Principal or NotPrincipal`);
  }
  if (Principal) {
    const test = compilePrincipals(subject, kind === 'delegation' ? 'any' : effect, Principal);
    return ({ caller }) => test(caller);
  }
  if (!NotPrincipal) throw new MalformedPolicyError(`${subject} must have a Principal`);
  if (effect === 'allow') throw new UnsupportedFeatureError(subject, 'NotPrincipal with the effect Allow');
  const test = compileNotPrincipals(subject, NotPrincipal);
  return ({ caller }) => test(caller);
}

function compileConditions({ subject, hasVariables, raw }: StatementSource): Condition[] {
  return Object.entries(raw.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, expected]) => compileCondition(subject, { operator, key, expected, hasVariables })),
  );
}

/** An element or its `Not…` form: exactly one of them has to be there. */
function requireOne(
  subject: string,
  names: readonly [string, string],
  included: readonly string[] | undefined,
  excluded: readonly string[] | undefined,
): readonly string[] {
  const texts = included ?? excluded;
  if (texts && !(included && excluded)) return texts;
  throw new MalformedPolicyError(`${subject} must have either ${names[0]} or ${names[1]}`);
}

function explainRejection(subject: string, error: z.ZodError): Error {
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') {
      return new UnsupportedFeatureError(subject, `policy element ${[...issue.path, issue.keys[0]].join('.')}`);
    }
  }
  return new MalformedPolicyError(`${subject}: ${z.prettifyError(error)}`, { cause: error });
}
