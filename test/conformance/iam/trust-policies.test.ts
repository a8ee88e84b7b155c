// Rule: a service takes on a role only as the role's trust policy lets it; conditions on the source keep a service from being
//   the deputy of another's resource.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html

import { describe, expect, test } from 'vitest';
import {
  createTestPolicies,
  FUNCTION_ARN,
  policyOf,
  trustOf,
} from '../../../emulator/iam/create-test-policies.fixture.ts';

const LAMBDA = 'lambda.amazonaws.com';

function trusts(trustPolicy: object, service = LAMBDA, sourceArn = FUNCTION_ARN): boolean {
  const { store } = createTestPolicies();
  return store.trusts(store.createRole({ roleName: 'other', trustPolicy }), service, sourceArn);
}

describe('a trust policy', () => {
  test.each([
    [LAMBDA, true],
    ['states.amazonaws.com', false],
  ])('that names Lambda trusts %s: %s', (service, expected) => {
    expect(trusts(trustOf(LAMBDA), service)).toBe(expected);
  });

  test.each([
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:lambda:*:000000000000:function:*' } }, true],
    [{ ArnEquals: { 'aws:SourceArn': `${FUNCTION_ARN}-2` } }, false],
    [{ StringEquals: { 'aws:SourceAccount': '000000000000' } }, true],
    [{ StringEquals: { 'aws:SourceAccount': '111111111111' } }, false],
    [{ StringEquals: { 'aws:SourceAccount': `\${aws:ResourceAccount}` } }, true],
    [{ StringEquals: { 'aws:SourceOrgID': 'o-1' } }, false],
  ])('with the condition %j trusts the function: %s', (Condition, expected) => {
    expect(trusts(trustOf(LAMBDA, { Condition }))).toBe(expected);
  });

  test('denies before it allows', () => {
    const statement = { Action: 'sts:AssumeRole', Principal: { Service: LAMBDA } };

    expect(trusts(policyOf({ Effect: 'Allow', ...statement }, { Effect: 'Deny', ...statement }))).toBe(false);
  });

  test('has no resource', () => {
    expect(() => trusts(trustOf(LAMBDA, { Resource: '*' }))).toThrow(
      'must not have a Resource: it is about its own role',
    );
  });
});
