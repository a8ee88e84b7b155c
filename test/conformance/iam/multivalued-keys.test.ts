// Rule: ForAllValues: holds when every value of the request matches, and when there is none; ForAnyValue: when one does.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html

import { expect, test } from 'vitest';
import { mayInvoke, ROLE, RULE } from '../../../emulator/iam/create-test-policies.fixture.ts';

/** Of the rule it is events.amazonaws.com; a role has none. */
const KEY = 'aws:PrincipalServiceNamesList';
const conditionOf = (operator: string, expected: unknown) => ({
  Principal: '*',
  Condition: { [operator]: { [KEY]: expected } },
});

test.each([
  ['ForAnyValue:StringEquals', ['sns.amazonaws.com', 'events.amazonaws.com'], true, false],
  ['ForAnyValue:StringEquals', 'sns.amazonaws.com', false, false],
  ['ForAnyValue:StringLike', 'events.*', true, false],
  ['ForAnyValue:StringNotEquals', 'sns.amazonaws.com', true, false],
  ['ForAnyValue:StringNotEquals', 'events.amazonaws.com', false, false],
  ['ForAllValues:StringEquals', 'events.amazonaws.com', true, true],
  ['ForAllValues:StringEquals', 'sns.amazonaws.com', false, true],
  ['ForAllValues:StringNotEquals', 'sns.amazonaws.com', true, true],
  ['ForAllValues:StringNotLike', '*.amazonaws.com', false, true],
])('%s %j holds for one value: %s; for none: %s', (operator, expected, ofOne, ofNone) => {
  expect([mayInvoke(conditionOf(operator, expected), RULE), mayInvoke(conditionOf(operator, expected), ROLE)]).toEqual([
    ofOne,
    ofNone,
  ]);
});

test('an operator without either is malformed for a key of several values', () => {
  expect(() => mayInvoke(conditionOf('StringEquals', 'x'), RULE)).toThrow(
    'aws:PrincipalServiceNamesList has several values; use ForAllValues: or ForAnyValue:',
  );
});
