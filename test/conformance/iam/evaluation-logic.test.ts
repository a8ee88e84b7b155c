// Rule: a denial in any policy decides; without one, an allowance in an identity or a resource policy of the account is enough.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html

import { describe, expect, test } from 'vitest';
import {
  createTestPolicies,
  FUNCTION_ARN,
  INVOKE,
  PUT,
  policyOf,
  ROLE,
  ROLE_ARN,
  RULE,
  RULE_ARN,
  SEND,
} from '../../../emulator/iam/create-test-policies.fixture.ts';

const ALLOW_ALL = { Effect: 'Allow', Action: '*', Resource: '*' };
const OTHER_PUT = { ...PUT, resource: 'arn:aws:s3:::other/key' };

describe('a call', () => {
  test('of root is allowed', () => {
    expect(createTestPolicies().may({ kind: 'root' }, PUT)).toBe(true);
  });

  test('of a role is denied unless something allows it', () => {
    expect(createTestPolicies().may(ROLE, PUT)).toBe(false);
  });

  test('of a role is allowed by any one of its policies, and no more is', () => {
    const { may } = createTestPolicies(
      policyOf({ ...ALLOW_ALL, Action: 'sqs:SendMessage' }),
      policyOf({ ...ALLOW_ALL, Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucket/*' }),
    );

    expect([may(ROLE, SEND), may(ROLE, PUT), may(ROLE, OTHER_PUT)]).toEqual([true, true, false]);
  });

  test.each([
    ['before', [{ ...ALLOW_ALL, Effect: 'Deny' }, ALLOW_ALL]],
    ['after', [ALLOW_ALL, { ...ALLOW_ALL, Effect: 'Deny' }]],
  ])('is denied by a statement %s one that allows it', (_, statements) => {
    expect(createTestPolicies(policyOf(...statements)).may(ROLE, PUT)).toBe(false);
  });

  test("is denied by the bucket's policy although the role's own allows it", () => {
    const { store, may } = createTestPolicies(policyOf(ALLOW_ALL));
    const Resource = 'arn:aws:s3:::bucket/*';

    store.addResourcePolicy(
      'arn:aws:s3:::bucket',
      policyOf({ ...ALLOW_ALL, Effect: 'Deny', Principal: '*', Resource }),
    );

    expect([may(ROLE, PUT), may(ROLE, OTHER_PUT)]).toEqual([false, true]);
  });

  test("is allowed by the bucket's policy although the role's own do not", () => {
    const { store, may } = createTestPolicies();

    store.addResourcePolicy('arn:aws:s3:::bucket', policyOf({ ...ALLOW_ALL, Principal: { AWS: ROLE_ARN } }));

    expect([may(ROLE, PUT), may(ROLE, OTHER_PUT)]).toEqual([true, false]);
  });

  test("of a service is allowed by the resource's policy alone", () => {
    const { store, may } = createTestPolicies(policyOf(ALLOW_ALL));
    const Principal = { Service: 'events.amazonaws.com' };

    store.addResourcePolicy(
      FUNCTION_ARN,
      policyOf({ ...ALLOW_ALL, Principal, Condition: { ArnLike: { 'AWS:SourceArn': RULE_ARN } } }),
    );

    expect(may(RULE, INVOKE)).toBe(true);
    expect(may({ ...RULE, kind: 'service', service: 'events.amazonaws.com', sourceArn: `${RULE_ARN}s` }, INVOKE)).toBe(
      false,
    );
    expect(may(RULE, SEND)).toBe(false);
  });

  test('of a role that has been deleted is refused', () => {
    const nobody = { ...ROLE, kind: 'role', roleArn: `${ROLE_ARN}-2`, sessionName: 's' } as const;

    expect(createTestPolicies().may(nobody, PUT)).toBe(false);
  });
});
