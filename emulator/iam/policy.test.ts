import { describe, expect, it } from 'vitest';
import { MalformedPolicyError } from './malformed-policy-error.ts';
import { parsePolicy } from './policy.ts';

const ALLOW = { Effect: 'Allow', Action: 's3:*', Resource: '*' };

describe('parsePolicy', () => {
  it.each([
    [{ ...ALLOW, Principals: '*' }, 'policy: policy element Statement.0.Principals is not modelled by the emulator'],
    [
      { ...ALLOW, Principal: { Federated: 'x' } },
      'policy: policy element Statement.0.Principal.Federated is not modelled by the emulator',
    ],
    [
      { ...ALLOW, Condition: { StringLike: { 's3:ExistingObjectTag/x': 'x' } } },
      'policy, Statement[0]: condition key s3:ExistingObjectTag/x is not modelled by the emulator',
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
    ['identity', { ...ALLOW, NotPrincipal: '*' }, 'must not have a Principal'],
    ['resource', ALLOW, 'must have a Principal'],
    ['resource', { ...ALLOW, Principal: '*', NotPrincipal: '*' }, 'must have either Principal or NotPrincipal'],
    ['resource', { ...ALLOW, Principal: { AWS: 'arn:aws:iam::000000000000:role/*' } }, 'must be a whole ARN'],
    ['identity', { ...ALLOW, Effect: 'Maybe' }, 'Effect'],
  ] as const)('refuses a malformed %s policy: %j', (kind, statement, message) => {
    const parse = () => parsePolicy('policy', kind, { Statement: statement });

    expect(parse).toThrow(MalformedPolicyError);
    expect(parse).toThrow(message);
  });
});
