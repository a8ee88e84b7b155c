// The `Condition` block of a statement: how operators, several values and missing keys combine.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { type ConditionKey, findConditionKey } from './condition-keys.ts';
import { OPERATORS, type Operator, type ValueTest } from './condition-operators.ts';
import { MalformedPolicyError } from './malformed-policy-error.ts';
import { compilePolicyText } from './policy-variable.ts';
import type { AccessRequest } from './request.ts';

/** One key under one operator. */
export interface Condition {
  holds(request: AccessRequest): boolean;
}

interface ConditionSource {
  readonly operator: string;
  readonly key: string;
  readonly expected: readonly string[];
  /** Whether `${…}` means something: from version 2012-10-17 of the policy language on. */
  readonly hasVariables: boolean;
}

/** `ForAllValues:StringEqualsIfExists`: a quantifier, an operator, and what a missing key means. */
const OPERATOR_NAME = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/**
 * `subject` names the policy for errors.
 * @throws {UnsupportedFeatureError} for a condition key or a policy variable that is not modelled.
 * @throws {MalformedPolicyError} for an operator that AWS does not have, and for a value that is not of its type.
 */
export function compileCondition(subject: string, source: ConditionSource): Condition {
  const key = findConditionKey(source.key);
  if (!key) throw new UnsupportedFeatureError(subject, `condition key ${source.key}`);
  if (source.operator === 'Null') return compileNull(subject, key, source);
  const [, quantifier, name = '', ifExists] = OPERATOR_NAME.exec(source.operator) ?? [];
  const operator = OPERATORS.get(name);
  if (!operator) throw new MalformedPolicyError(`${subject}: there is no condition operator ${source.operator}`);
  const tests = source.expected.map((text) => compileExpected(subject, operator, source, text));
  const { isNegated } = operator;
  const matches = (request: AccessRequest, value: string) => tests.some((test) => test(request, value)) !== isNegated;
  switch (quantifier) {
    case 'ForAllValues':
      // True of no values at all.
      return { holds: (request) => request.valuesOf(key).every((value) => matches(request, value)) };
    case 'ForAnyValue':
      return { holds: (request) => holdsForAny(request, request.valuesOf(key), matches, ifExists !== undefined) };
    default:
      if (key.isMultivalued) {
        throw new MalformedPolicyError(
          `${subject}: ${source.key} has several values; use ForAllValues: or ForAnyValue:`,
        );
      }
      return {
        holds: (request) => holdsForAny(request, request.valuesOf(key), matches, ifExists !== undefined || isNegated),
      };
  }
}

function holdsForAny(
  request: AccessRequest,
  values: readonly string[],
  matches: (request: AccessRequest, value: string) => boolean,
  whenMissing: boolean,
): boolean {
  return values.length === 0 ? whenMissing : values.some((value) => matches(request, value));
}

function compileNull(subject: string, key: ConditionKey, { key: name, expected }: ConditionSource): Condition {
  const wanted = expected.map((text) => text.toLowerCase());
  if (wanted.some((text) => text !== 'true' && text !== 'false')) {
    throw new MalformedPolicyError(`${subject}: Null of ${name} must be true or false, got ${expected.join(', ')}`);
  }
  return { holds: (request) => wanted.includes(String(request.valuesOf(key).length === 0)) };
}

function compileExpected(
  subject: string,
  operator: Operator,
  source: ConditionSource,
  text: string,
): (request: AccessRequest, value: string) => boolean {
  const policyText = compilePolicyText(subject, text, source.hasVariables && operator.takesVariables);
  if (policyText.isVariable) {
    return (request, value) => {
      const parts = policyText.resolve(request);
      return parts !== undefined && (operator.compile(parts)?.(value) ?? false);
    };
  }
  const test: ValueTest | undefined = operator.compile(policyText.fixed);
  if (!test) throw new MalformedPolicyError(`${subject}: ${source.operator} of ${source.key} cannot be ${text}`);
  return (_, value) => test(value);
}
