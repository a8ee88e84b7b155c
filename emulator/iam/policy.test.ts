import { describe, expect, it } from 'vitest';
import type { AccessNeed } from '../kernel/access.ts';
import { decide as decideByPolicies, MalformedPolicyError, type PolicyKind, parsePolicy } from './policy.ts';
import { type AccessRequest, createAccessRequest } from './request.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };
const ROLE: AccessRequest['caller'] = {
  kind: 'role',
  roleArn: 'arn:aws:iam::000000000000:role/worker',
  sessionName: 'session',
};
const RULE: AccessRequest['caller'] = {
  kind: 'service',
  service: 'events.amazonaws.com',
  sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/bus/rule',
};
const PUT: AccessNeed = { action: 's3:PutObject', resource: 'arn:aws:s3:::bucket/a/b' };

function decide(kind: PolicyKind, statement: unknown, caller = ROLE, need = PUT) {
  const policy = parsePolicy('policy', kind, { Version: '2012-10-17', Statement: statement });
  return decideByPolicies([policy], createAccessRequest(caller, need, ACCOUNT))?.effect ?? 'nothing';
}

describe('an identity policy', () => {
  it.each([
    ['names the action and resource', { Action: 's3:PutObject', Resource: PUT.resource }, 'allow'],
    ['has a list with them', { Action: ['sqs:*', 's3:Put*'], Resource: ['x', 'arn:aws:s3:::bucket/*'] }, 'allow'],
    ['writes the action in another case', { Action: 'S3:putOBJECT', Resource: '*' }, 'allow'],
    ['writes the resource in another case', { Action: '*', Resource: 'arn:aws:s3:::Bucket/*' }, 'nothing'],
    ['is about another action', { Action: 's3:GetObject', Resource: '*' }, 'nothing'],
    ['is about another resource', { Action: '*', Resource: 'arn:aws:s3:::bucket' }, 'nothing'],
    ['excludes the action', { NotAction: 's3:*', Resource: '*' }, 'nothing'],
    ['excludes other actions', { NotAction: ['iam:*', 'sqs:*'], Resource: '*' }, 'allow'],
    ['excludes the resource', { Action: '*', NotResource: ['arn:aws:s3:::bucket/*'] }, 'nothing'],
    ['excludes other resources', { Action: '*', NotResource: 'arn:aws:s3:::other/*' }, 'allow'],
  ])('that %s says: %s', (_, elements, expected) => {
    expect(decide('identity', { Effect: 'Allow', ...elements })).toBe(expected);
  });

  it('denies when one statement allows and a later one denies', () => {
    const statements = [
      { Effect: 'Allow', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::bucket/*' },
    ];

    expect(decide('identity', statements)).toBe('deny');
  });

  it('gives an action without a resource to * alone', () => {
    const need = { action: 'cloudwatch:GetMetricData', resource: '*' };

    expect(decide('identity', { Effect: 'Allow', Action: need.action, Resource: '*' }, ROLE, need)).toBe('allow');
    expect(decide('identity', { Effect: 'Allow', Action: '*', Resource: 'arn:aws:s3:::b' }, ROLE, need)).toBe(
      'nothing',
    );
  });
});

describe('a condition', () => {
  it.each([
    ['Bool', 'aws:SecureTransport', 'true', true],
    ['Bool', 'aws:SecureTransport', false, false],
    ['Bool', 'AWS:securetransport', true, true],
    ['StringEquals', 'aws:SourceAccount', '000000000000', true],
    ['StringEquals', 'aws:SourceAccount', ['1', '000000000000'], true],
    ['StringEquals', 'aws:SourceAccount', '0*', false],
    ['StringLike', 'aws:SourceAccount', '0*', true],
    ['StringNotEquals', 'aws:SourceAccount', ['1', '000000000000'], false],
    ['StringNotLike', 'aws:SourceAccount', '1*', true],
    ['StringEqualsIgnoreCase', 'aws:RequestedRegion', 'US-EAST-1', true],
    ['StringNotEqualsIgnoreCase', 'aws:RequestedRegion', 'US-EAST-1', false],
    ['ArnLike', 'aws:SourceArn', 'arn:aws:events:*:*:rule/bus/*', true],
    ['ArnEquals', 'aws:SourceArn', RULE.kind === 'service' ? RULE.sourceArn : '', true],
    ['ArnNotEquals', 'aws:SourceArn', 'arn:aws:events:*:*:rule/*', false],
    ['ArnNotLike', 'aws:SourceArn', 'arn:aws:sns:*:*:*', true],
    ['Null', 'aws:PrincipalArn', 'true', true],
    ['Null', 'aws:SourceArn', 'true', false],
    ['Null', 'aws:SourceArn', 'false', true],
    ['StringEquals', 'aws:PrincipalArn', 'x', false],
    ['StringEqualsIfExists', 'aws:PrincipalArn', 'x', true],
    ['StringEqualsIfExists', 'aws:SourceAccount', '1', false],
    ['StringNotEquals', 'aws:PrincipalArn', 'x', true],
    ['Bool', 'aws:PrincipalIsAWSService', 'true', true],
    ['StringEquals', 'aws:PrincipalServiceName', 'events.amazonaws.com', true],
  ])('%s of %s with %s holds for a rule: %s', (operator, key, expected, holds) => {
    const statement = {
      Effect: 'Allow',
      Principal: '*',
      Action: '*',
      Resource: '*',
      Condition: { [operator]: { [key]: expected } },
    };

    expect(decide('resource', statement, RULE)).toBe(holds ? 'allow' : 'nothing');
  });

  it('must hold together with every other one', () => {
    const statement = {
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1', 'aws:PrincipalAccount': '111111111111' } },
    };

    expect(decide('identity', statement)).toBe('nothing');
  });
});

describe('a principal', () => {
  it.each([
    ['*', 'Allow', ROLE, 'allow'],
    [{ AWS: '*' }, 'Deny', RULE, 'deny'],
    [{ AWS: 'arn:aws:iam::000000000000:role/worker' }, 'Allow', ROLE, 'allow'],
    [{ AWS: ['arn:aws:iam::000000000000:role/other'] }, 'Allow', ROLE, 'nothing'],
    [{ Service: 'events.amazonaws.com' }, 'Allow', RULE, 'allow'],
    [{ Service: ['sns.amazonaws.com'] }, 'Allow', RULE, 'nothing'],
    [{ Service: 'events.amazonaws.com' }, 'Allow', ROLE, 'nothing'],
    // The account may pass an allowance on to its roles; the roles' own policies do that.
    [{ AWS: '000000000000' }, 'Allow', ROLE, 'nothing'],
    [{ AWS: 'arn:aws:iam::000000000000:root' }, 'Deny', ROLE, 'deny'],
    [{ AWS: 'arn:aws:iam::111111111111:root' }, 'Deny', ROLE, 'nothing'],
  ] as const)('%j with effect %s, asked about %j, says: %s', (Principal, Effect, caller, expected) => {
    expect(decide('resource', { Effect, Principal, Action: '*', Resource: '*' }, caller)).toBe(expected);
  });
});

describe('parsePolicy', () => {
  const ALLOW = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

  it.each([
    [
      { ...ALLOW, NotPrincipal: '*' },
      'policy: policy element Statement.0.NotPrincipal is not modelled by the emulator',
    ],
    [
      { ...ALLOW, Condition: { DateLessThan: { 'aws:SourceArn': 'x' } } },
      'policy, Statement[0]: condition operator DateLessThan is not modelled by the emulator',
    ],
    [
      { ...ALLOW, Condition: { 'ForAnyValue:StringLike': { 'aws:SourceArn': 'x' } } },
      'policy, Statement[0]: condition operator ForAnyValue:StringLike is not modelled by the emulator',
    ],
    [
      { ...ALLOW, Condition: { StringLike: { 's3:prefix': 'x' } } },
      'policy, Statement[0]: condition key s3:prefix is not modelled by the emulator',
    ],
    [
      { ...ALLOW, Resource: `arn:aws:s3:::bucket/\${aws:username}` },
      `policy, Statement[0]: policy variable \${aws:username} is not modelled by the emulator`,
    ],
  ])('refuses by name what is not modelled: %j', (statement, message) => {
    expect(() => parsePolicy('policy', 'identity', { Statement: [statement] })).toThrow(message);
  });

  it('refuses by name a principal that is not modelled', () => {
    const document = { Statement: [{ ...ALLOW, Principal: { AWS: 'arn:aws:iam::000000000000:user/me' } }] };

    expect(() => parsePolicy('policy', 'resource', document)).toThrow(
      'policy, Statement[0]: principal arn:aws:iam::000000000000:user/me is not modelled by the emulator',
    );
  });

  it.each([
    ['identity', { Effect: 'Allow', Resource: '*' }, 'must have either Action or NotAction'],
    ['identity', { ...ALLOW, NotAction: '*' }, 'must have either Action or NotAction'],
    ['identity', { Effect: 'Allow', Action: '*' }, 'must have either Resource or NotResource'],
    ['identity', { ...ALLOW, Principal: '*' }, 'must not have a Principal'],
    ['resource', ALLOW, 'must have a Principal'],
    ['identity', { ...ALLOW, Effect: 'Maybe' }, 'Effect'],
  ] as const)('refuses a malformed %s policy: %j', (kind, statement, message) => {
    const parse = () => parsePolicy('policy', kind, { Statement: statement });

    expect(parse).toThrow(MalformedPolicyError);
    expect(parse).toThrow(message);
  });
});
