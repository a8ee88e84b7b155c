// The `Condition` block of a statement.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { compileArnPattern, compilePattern } from './pattern.ts';
import { type AccessRequest, findConditionKey } from './request.ts';

/** One key under one operator: the request's value against any of the policy's. */
export interface Condition {
  holds(request: AccessRequest): boolean;
}

interface Operator {
  compile(expected: string): (value: string) => boolean;
  /** `…Not…`: holds when no expected value matches, and when the request lacks the key. */
  readonly negated?: true;
}

const equals: Operator['compile'] = (expected) => (value) => value === expected;
const equalsIgnoreCase: Operator['compile'] = (expected) => (value) => value.toLowerCase() === expected.toLowerCase();
const like: Operator['compile'] = (expected) => compilePattern(expected).matches;
const arnLike: Operator['compile'] = (expected) => compileArnPattern(expected).matches;

const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries({
    StringEquals: { compile: equals },
    StringNotEquals: { compile: equals, negated: true },
    StringEqualsIgnoreCase: { compile: equalsIgnoreCase },
    StringNotEqualsIgnoreCase: { compile: equalsIgnoreCase, negated: true },
    StringLike: { compile: like },
    StringNotLike: { compile: like, negated: true },
    // "ArnEquals and ArnLike behave identically."
    ArnEquals: { compile: arnLike },
    ArnLike: { compile: arnLike },
    ArnNotEquals: { compile: arnLike, negated: true },
    ArnNotLike: { compile: arnLike, negated: true },
    Bool: { compile: equalsIgnoreCase },
  } satisfies Record<string, Operator>),
);

const IF_EXISTS = 'IfExists';

/**
 * `subject` names the policy for errors.
 * @throws {UnsupportedFeatureError} for an operator or a condition key that is not modelled.
 */
export function compileCondition(
  subject: string,
  block: { operator: string; key: string; expected: readonly string[] },
): Condition {
  const key = findConditionKey(block.key);
  if (!key) throw new UnsupportedFeatureError(subject, `condition key ${block.key}`);
  if (block.operator === 'Null') {
    return { holds: ({ keys }) => block.expected.includes(String(!keys.has(key))) };
  }
  const whenMissing = block.operator.endsWith(IF_EXISTS);
  const operator = OPERATORS.get(whenMissing ? block.operator.slice(0, -IF_EXISTS.length) : block.operator);
  if (!operator) throw new UnsupportedFeatureError(subject, `condition operator ${block.operator}`);
  const tests = block.expected.map((expected) => operator.compile(expected));
  const negated = operator.negated ?? false;
  return {
    holds({ keys }) {
      const value = keys.get(key);
      if (value === undefined) return whenMissing || negated;
      return tests.some((test) => test(value)) !== negated;
    },
  };
}
