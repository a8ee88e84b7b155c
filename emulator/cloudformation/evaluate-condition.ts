// Condition functions, of `Conditions` and of rules' assertions.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html

import { z } from 'zod';
import { TemplateError } from './errors.ts';
import { isJsonObject, parseArgument, refuseIntrinsic } from './intrinsic.ts';
import { resolveValue, type Scope } from './resolve-value.ts';

type Evaluator = (argument: unknown, scope: Scope) => boolean;

const pair = z.tuple([z.unknown(), z.unknown()]);
/** CloudFormation takes two to ten. */
const several = z.array(z.unknown()).min(2).max(10);

const EVALUATORS: ReadonlyMap<string, Evaluator> = new Map(
  Object.entries({
    Condition: (argument, scope) => scope.isConditionTrue(parseArgument('Condition', z.string(), argument)),
    'Fn::Equals': (argument, scope) => {
      const [left, right] = parseArgument('Fn::Equals', pair, argument);
      return resolveText(left, scope) === resolveText(right, scope);
    },
    'Fn::And': (argument, scope) =>
      parseArgument('Fn::And', several, argument).every((item) => evaluateCondition(item, scope)),
    'Fn::Or': (argument, scope) =>
      parseArgument('Fn::Or', several, argument).some((item) => evaluateCondition(item, scope)),
    'Fn::Not': (argument, scope) =>
      !evaluateCondition(parseArgument('Fn::Not', z.tuple([z.unknown()]), argument)[0], scope),
    'Fn::Contains': (argument, scope) => {
      const [list, item] = parseArgument('Fn::Contains', z.tuple([z.array(z.unknown()), z.unknown()]), argument);
      return list.map((entry) => resolveText(entry, scope)).includes(resolveText(item, scope));
    },
  } satisfies Record<string, Evaluator>),
);

/**
 * @throws {TemplateError}
 * @throws {UnsupportedFeatureError} for a function that is not modelled.
 */
export function evaluateCondition(condition: unknown, scope: Scope): boolean {
  const [entry, ...rest] = isJsonObject(condition) ? Object.entries(condition) : [];
  if (!entry || rest.length > 0) {
    throw new TemplateError(`a condition is one condition function, got ${JSON.stringify(condition)}`);
  }
  const [name, argument] = entry;
  const evaluator = EVALUATORS.get(name) ?? refuseIntrinsic(name);
  return evaluator(argument, scope);
}

/** Conditions compare text: `1` and `"1"` are the same. */
function resolveText(value: unknown, scope: Scope): string {
  return String(
    parseArgument('a condition', z.union([z.string(), z.number(), z.boolean()]), resolveValue(value, scope)),
  );
}
