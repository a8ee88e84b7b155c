// Rule: a condition holds when the request's value compares as the operator says with any of the policy's values; a negated
//   operator wants it with none of them, and a missing key decides as the operator's kind and IfExists say.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html

import { describe, expect, test } from 'vitest';
import { OPERATORS } from '../../../emulator/iam/condition-operators.ts';
import {
  createTestPolicies,
  isDenied,
  mayInvoke,
  policyOf,
  RULE,
  RULE_ARN,
} from '../../../emulator/iam/create-test-policies.fixture.ts';

const holds = (operator: string, key: string, expected: unknown) =>
  mayInvoke({ Principal: '*', Condition: { [operator]: { [key]: expected } } }, RULE);

describe('text, ARNs and truth', () => {
  test.each([
    ['Bool', 'aws:SecureTransport', 'true', true],
    ['Bool', 'aws:SecureTransport', false, false],
    ['Bool', 'AWS:securetransport', 'TRUE', true],
    ['StringEquals', 'aws:SourceAccount', '000000000000', true],
    ['StringEquals', 'aws:SourceAccount', ['1', '000000000000'], true],
    ['StringEquals', 'aws:SourceAccount', '0*', false],
    ['StringLike', 'aws:SourceAccount', '0*', true],
    ['StringNotEquals', 'aws:SourceAccount', ['1', '000000000000'], false],
    ['StringNotEquals', 'aws:SourceAccount', ['1', '2'], true],
    ['StringNotLike', 'aws:SourceAccount', '1*', true],
    ['StringEqualsIgnoreCase', 'aws:RequestedRegion', 'US-EAST-1', true],
    ['StringNotEqualsIgnoreCase', 'aws:RequestedRegion', 'US-EAST-1', false],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:*:rule/bus/*', true],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:*:rule/bus/*', false],
    ['ArnEquals', 'aws:SourceArn', RULE_ARN, true],
    ['ArnEquals', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*', true],
    ['ArnNotEquals', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*', false],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*', true],
  ])('%s of %s with %j: %s', (operator, key, expected, outcome) => {
    expect(holds(operator, key, expected)).toBe(outcome);
  });
});

/** The emulated clock shows noon of 2026-01-01, whose epoch is 1,767,268,800 seconds. */
describe('numbers and dates', () => {
  test.each([
    ['NumericEquals', 1_767_268_800, [false, true, false]],
    ['NumericNotEquals', 1_767_268_800, [true, false, true]],
    ['NumericLessThan', 1_767_268_800, [false, false, true]],
    ['NumericLessThanEquals', 1_767_268_800, [false, true, true]],
    ['NumericGreaterThan', 1_767_268_800, [true, false, false]],
    ['NumericGreaterThanEquals', 1_767_268_800, [true, true, false]],
  ])('%s with %i less one, itself and one more: %j', (operator, at, outcomes) => {
    expect([at - 1, at, at + 1].map((value) => holds(operator, 'aws:EpochTime', String(value)))).toEqual(outcomes);
  });

  test.each([
    ['DateEquals', [false, true, false]],
    ['DateNotEquals', [true, false, true]],
    ['DateLessThan', [false, false, true]],
    ['DateLessThanEquals', [false, true, true]],
    ['DateGreaterThan', [true, false, false]],
    ['DateGreaterThanEquals', [true, true, false]],
  ])('%s a second before, at and a second after: %j', (operator, outcomes) => {
    const dates = ['2026-01-01T11:59:59Z', '2026-01-01T12:00:00Z', '2026-01-01T12:00:01Z'];

    expect(dates.map((date) => holds(operator, 'aws:CurrentTime', date))).toEqual(outcomes);
  });

  test('dates may be epoch seconds, and have another time zone', () => {
    expect(holds('DateEquals', 'aws:CurrentTime', '1767268800')).toBe(true);
    expect(holds('DateEquals', 'aws:CurrentTime', '2026-01-01T13:00:00+01:00')).toBe(true);
  });
});

/** No key that the emulator gives a value is an address or binary: the operators are asked themselves. */
describe('addresses and binary values', () => {
  test.each([
    ['IpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['IpAddress', '203.0.113.0/24', '203.0.114.0', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', '203.0.113.7', '203.0.113.8', false],
    ['IpAddress', '2001:db8::/32', '2001:db8:1::1', true],
    ['IpAddress', '2001:db8::/32', '203.0.113.7', false],
    ['NotIpAddress', '203.0.113.0/24', '203.0.113.255', true],
    ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', true],
    ['BinaryEquals', 'QmluYXJ5', 'Qmluyxj5', false],
  ])('%s %s matches %s: %s', (name, expected, value, outcome) => {
    const operator = OPERATORS.get(name);

    expect(operator?.compile([{ kind: 'pattern', text: expected }])?.(value)).toBe(outcome);
    expect(operator?.isNegated).toBe(name.startsWith('Not'));
  });
});

/** A call of a rule has no aws:PrincipalArn. */
describe('a key that the request lacks', () => {
  test.each([
    ['StringEquals', 'x', false],
    ['StringEqualsIfExists', 'x', true],
    ['StringNotEquals', 'x', true],
    ['ArnNotLike', 'arn:*', true],
    ['NumericLessThan', '1', false],
    ['NumericNotEquals', '1', true],
    ['NumericLessThanIfExists', '1', true],
    ['BoolIfExists', 'false', true],
    ['IpAddress', '10.0.0.0/8', false],
    ['NotIpAddress', '10.0.0.0/8', true],
    ['Null', 'true', true],
    ['Null', 'false', false],
    ['Null', ['true', 'false'], true],
  ])('%s %j: %s', (operator, expected, outcome) => {
    expect(holds(operator, 'aws:PrincipalArn', expected)).toBe(outcome);
  });

  test('is not missing to Null when it is there', () => {
    expect([holds('Null', 'aws:SourceArn', 'true'), holds('Null', 'aws:SourceArn', false)]).toEqual([false, true]);
    expect(holds('StringEqualsIfExists', 'aws:SourceAccount', '1')).toBe(false);
  });
});

test('conditions must hold together', () => {
  const both = { 'aws:RequestedRegion': 'us-east-1', 'aws:SourceAccount': '111111111111' };

  expect(mayInvoke({ Principal: '*', Condition: { StringEquals: both } }, RULE)).toBe(false);
  expect(
    isDenied({ Principal: '*', Condition: { StringEquals: both, Bool: { 'aws:SecureTransport': true } } }, RULE),
  ).toBe(false);
});

test.each([
  ['StringSimilar', 'x', 'there is no condition operator StringSimilar'],
  ['NullIfExists', 'true', 'there is no condition operator NullIfExists'],
  ['NumericEquals', 'many', 'NumericEquals of aws:SourceArn cannot be many'],
  ['DateLessThan', 'soon', 'DateLessThan of aws:SourceArn cannot be soon'],
  ['IpAddress', '10.0.0.0/33', 'IpAddress of aws:SourceArn cannot be 10.0.0.0/33'],
  ['IpAddress', 'here', 'IpAddress of aws:SourceArn cannot be here'],
  ['Bool', 'perhaps', 'Bool of aws:SourceArn cannot be perhaps'],
  ['Null', 'perhaps', 'Null of aws:SourceArn must be true or false, got perhaps'],
])('a policy with %s %s is malformed', (operator, value, message) => {
  const document = policyOf({
    Effect: 'Allow',
    Action: '*',
    Resource: '*',
    Condition: { [operator]: { 'aws:SourceArn': value } },
  });

  expect(() => createTestPolicies(document)).toThrow(message);
});
