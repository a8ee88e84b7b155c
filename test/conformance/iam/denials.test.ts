// Rule: a denied call is told who may not do what to which resource, and whether a policy denies it or none allows it.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html

import { describe, expect, test } from 'vitest';
import { createAccessControl } from '../../../emulator/iam/access-control.ts';
import { AccessDeniedError } from '../../../emulator/iam/access-denied-error.ts';
import type { AccessDecision } from '../../../emulator/iam/access-log.ts';
import {
  createTestPolicies,
  FUNCTION_ARN,
  INVOKE,
  PUT,
  policyOf,
  ROLE,
  RULE,
  RULE_ARN,
  SEND,
} from '../../../emulator/iam/create-test-policies.fixture.ts';
import type { AccessNeed, Principal } from '../../../emulator/kernel/access.ts';

const USER = 'User: arn:aws:sts::000000000000:assumed-role/worker/consume is not authorized to perform: ';

describe('a call that no policy allows', () => {
  test.each([
    [
      ROLE,
      PUT,
      'AccessDenied',
      403,
      `${USER}s3:PutObject on resource: "arn:aws:s3:::bucket/a/b" because no identity-based policy allows the s3:PutObject action`,
    ],
    [
      ROLE,
      SEND,
      'AccessDeniedException',
      400,
      `${USER}sqs:SendMessage on resource: arn:aws:sqs:us-east-1:000000000000:queue because no identity-based policy allows the sqs:SendMessage action`,
    ],
    [
      ROLE,
      { action: 'cloudwatch:GetMetricData', resource: '*' },
      'AccessDeniedException',
      400,
      `${USER}cloudwatch:GetMetricData because no identity-based policy allows the cloudwatch:GetMetricData action`,
    ],
    [
      RULE,
      INVOKE,
      'AccessDeniedException',
      403,
      `User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${FUNCTION_ARN} because no resource-based policy allows the lambda:InvokeFunction action`,
    ],
  ])('of %j for %j is told %s', (caller, need, code, status, message) => {
    expect(createTestPolicies().refusal(caller, need)).toEqual({ code, status, message });
  });
});

describe('a call that a policy denies', () => {
  const DENY = { Effect: 'Deny', Action: '*', Resource: '*' };

  test("is told of the role's own", () => {
    expect(createTestPolicies(policyOf(DENY)).refusal(ROLE, SEND)?.message).toMatch(
      / with an explicit deny in an identity-based policy$/,
    );
  });

  test("is told of the resource's", () => {
    const { store, refusal } = createTestPolicies();
    store.addResourcePolicy(SEND.resource, policyOf({ ...DENY, Principal: '*' }));

    expect(refusal(ROLE, SEND)?.message).toMatch(/ with an explicit deny in a resource-based policy$/);
  });
});

/** No part of what AWS tells; it is for those who look for a missing grant on the emulator. */
describe('the missing statement', () => {
  test.each([
    [ROLE, SEND, { Effect: 'Allow', Action: SEND.action, Resource: SEND.resource }],
    [
      RULE,
      INVOKE,
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: INVOKE.action,
        Resource: FUNCTION_ARN,
        Condition: { ArnLike: { 'aws:SourceArn': RULE_ARN } },
      },
    ],
  ])('of %j for %j allows the call when it is added', (caller, need, statement) => {
    const before = createTestPolicies();
    expect(catchDenial(before.store, caller, need)?.missingStatement).toEqual(statement);

    const after = createTestPolicies(...(caller.kind === 'role' ? [policyOf(statement)] : []));
    if (caller.kind === 'service') after.store.addResourcePolicy(need.resource, policyOf(statement));

    expect(after.may(caller, need)).toBe(true);
  });

  test('is not there for a call that is denied: none could allow it', () => {
    const { store } = createTestPolicies(policyOf({ Effect: 'Deny', Action: '*', Resource: '*' }));

    expect(catchDenial(store, ROLE, SEND)).toMatchObject({ missingStatement: undefined });
  });
});

test('the access log tells of each decision, with the statement that made it', () => {
  const { store, may } = createTestPolicies(
    policyOf(
      { Sid: 'Sending', Effect: 'Allow', Action: 'sqs:*', Resource: '*' },
      { Effect: 'Deny', Action: 's3:*', Resource: '*' },
    ),
  );
  const decisions: AccessDecision[] = [];
  store.log.onDecision((decision) => decisions.push(decision));

  may(ROLE, SEND);
  may(ROLE, PUT);
  may(ROLE, INVOKE);

  const policy = 'role worker, policy policy-0';
  expect(decisions).toMatchObject([
    { need: SEND, isAllowed: true, statement: { policy, index: 0, sid: 'Sending' } },
    { need: PUT, isAllowed: false, statement: { policy, index: 1 } },
    { need: INVOKE, isAllowed: false, statement: undefined },
  ]);
});

function catchDenial(store: Parameters<typeof createAccessControl>[0], caller: Principal, need: AccessNeed) {
  try {
    createAccessControl(store).authorize(caller, need);
    return undefined;
  } catch (error) {
    if (error instanceof AccessDeniedError) return error;
    throw error;
  }
}
