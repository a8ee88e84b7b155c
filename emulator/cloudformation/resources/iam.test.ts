import { describe, expect, it } from 'vitest';
import { createAccessControl } from '../../iam/access-control.ts';
import { PolicyStore } from '../../iam/policy-store.ts';
import type { AccessNeed, Principal } from '../../kernel/access.ts';
import { provisionAlone } from '../provision-alone.ts';
import { createManagedPolicyType } from './iam-managed-policy.ts';
import { createPolicyType } from './iam-policy.ts';
import { createRoleType } from './iam-role.ts';
import { createPermissionType } from './lambda-permission.ts';
import { createBucketPolicyType } from './s3-bucket-policy.ts';
import { createQueuePolicyType } from './sqs-queue-policy.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };
const TRUST = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:consume';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:queue';

function prepare() {
  const policies = new PolicyStore(ACCOUNT);
  const { authorize } = createAccessControl(policies);
  const may = (caller: Principal, need: AccessNeed) => {
    try {
      authorize(caller, need);
      return true;
    } catch {
      return false;
    }
  };
  return { policies, may };
}

const allow = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });
const role = (roleArn: string): Principal => ({ kind: 'role', roleArn, sessionName: 's' });

describe('AWS::IAM::Role', () => {
  it('has what its inline and managed policies allow', async () => {
    const { policies, may } = prepare();

    const { reference, attributes } = await provisionAlone(createRoleType(policies), {
      AssumeRolePolicyDocument: TRUST,
      Policies: [{ PolicyName: 'p', PolicyDocument: allow('sqs:SendMessage') }],
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    });

    expect(attributes.Arn).toBe(`arn:aws:iam::000000000000:role/${reference}`);
    expect(reference).toMatch(/^tiny-Thing-\w{12}$/);
    expect(may(role(attributes.Arn ?? ''), { action: 'sqs:SendMessage', resource: QUEUE })).toBe(true);
    expect(may(role(attributes.Arn ?? ''), { action: 'logs:PutLogEvents', resource: 'x' })).toBe(true);
    expect(may(role(attributes.Arn ?? ''), { action: 'sqs:ReceiveMessage', resource: QUEUE })).toBe(false);
  });

  it('stands under its path', async () => {
    const { policies, may } = prepare();

    const { reference, attributes } = await provisionAlone(createRoleType(policies), {
      AssumeRolePolicyDocument: TRUST,
      Path: '/team/blue/',
      RoleName: 'worker',
    });
    policies.putRolePolicy(reference, 'p', allow('sqs:SendMessage'));

    expect(attributes.Arn).toBe('arn:aws:iam::000000000000:role/team/blue/worker');
    expect(may(role(attributes.Arn ?? ''), { action: 'sqs:SendMessage', resource: QUEUE })).toBe(true);
  });

  it.each([
    [{ Path: 'team' }, 'Path: must begin and end with a slash'],
    [{ PermissionsBoundary: 'arn' }, 'Thing (AWS::IAM::Role): property PermissionsBoundary is not modelled'],
  ])('refuses %j', async (properties, message) => {
    const type = createRoleType(prepare().policies);

    await expect(provisionAlone(type, { AssumeRolePolicyDocument: TRUST, ...properties })).rejects.toThrow(message);
  });
});

describe('AWS::IAM::Policy', () => {
  it('adds to each of its roles', async () => {
    const { policies, may } = prepare();
    const roleArns = ['a', 'b'].map((roleName) => policies.createRole({ roleName, trustPolicy: TRUST }));

    await provisionAlone(createPolicyType(policies), {
      PolicyName: 'p',
      PolicyDocument: allow('sqs:SendMessage'),
      Roles: ['a', 'b'],
    });

    expect(roleArns.map((arn) => may(role(arn), { action: 'sqs:SendMessage', resource: QUEUE }))).toEqual([true, true]);
  });

  it('refuses a role that is not there', async () => {
    const properties = { PolicyName: 'p', PolicyDocument: allow('*'), Roles: ['nobody'] };

    await expect(provisionAlone(createPolicyType(prepare().policies), properties)).rejects.toThrow(
      'there is no role arn:aws:iam::000000000000:role/nobody',
    );
  });
});

describe('AWS::IAM::ManagedPolicy', () => {
  const SEND = { action: 'sqs:SendMessage', resource: QUEUE };

  it('is attached to its roles, and to roles that name it', async () => {
    const { policies, may } = prepare();
    const first = policies.createRole({ roleName: 'first', trustPolicy: TRUST });

    const { reference, attributes } = await provisionAlone(createManagedPolicyType(policies), {
      ManagedPolicyName: 'sending',
      Path: '/team/',
      PolicyDocument: allow('sqs:SendMessage'),
      Roles: ['first'],
    });
    const second = policies.createRole({ roleName: 'second', trustPolicy: TRUST, managedPolicyArns: [reference] });

    expect([reference, attributes]).toEqual([
      'arn:aws:iam::000000000000:policy/team/sending',
      { PolicyArn: 'arn:aws:iam::000000000000:policy/team/sending' },
    ]);
    expect([may(role(first), SEND), may(role(second), SEND)]).toEqual([true, true]);
  });

  it.each(['Users', 'Groups'])('refuses %s: the account has none', async (name) => {
    const properties = { PolicyDocument: allow('*'), [name]: ['somebody'] };

    await expect(provisionAlone(createManagedPolicyType(prepare().policies), properties)).rejects.toThrow(
      `property ${name} is not modelled`,
    );
  });
});

describe('AWS::Lambda::Permission', () => {
  const RULE = 'arn:aws:events:us-east-1:000000000000:rule/bus/rule';
  const INVOKE = { action: 'lambda:InvokeFunction', resource: FUNCTION };
  const from = (sourceArn: string): Principal => ({ kind: 'service', service: 'events.amazonaws.com', sourceArn });

  it.each([
    [{ FunctionName: FUNCTION, SourceArn: RULE }, RULE, true],
    [{ FunctionName: 'consume', SourceArn: RULE }, RULE, true],
    [{ FunctionName: FUNCTION, SourceArn: RULE }, `${RULE}-2`, false],
    [{ FunctionName: FUNCTION, SourceAccount: '000000000000' }, RULE, true],
    [{ FunctionName: FUNCTION, SourceAccount: '111111111111' }, RULE, false],
    [{ FunctionName: FUNCTION }, RULE, true],
    [{ FunctionName: 'other' }, RULE, false],
  ])('with %j lets the rule %s invoke the function: %s', async (properties, sourceArn, expected) => {
    const { policies, may } = prepare();

    await provisionAlone(createPermissionType(policies), {
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      ...properties,
    });

    expect(may(from(sourceArn), INVOKE)).toBe(expected);
    expect(may({ ...from(sourceArn), kind: 'service', service: 'sns.amazonaws.com', sourceArn }, INVOKE)).toBe(false);
  });
});

describe('policies of a bucket and a queue', () => {
  const deny = (Resource: string) => ({ Statement: [{ Effect: 'Deny', Principal: '*', Action: '*', Resource }] });

  it('hold for the bucket that is named', async () => {
    const { policies, may } = prepare();
    const roleArn = policies.createRole({ roleName: 'r', trustPolicy: TRUST });
    policies.putRolePolicy('r', 'p', allow('*'));

    await provisionAlone(createBucketPolicyType(policies, { showBucketPolicy() {} }), {
      Bucket: 'bucket',
      PolicyDocument: deny('arn:aws:s3:::bucket/*'),
    });

    expect(may(role(roleArn), { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/key' })).toBe(false);
    expect(may(role(roleArn), { action: 's3:GetObject', resource: 'arn:aws:s3:::bucket2/key' })).toBe(true);
  });

  it('hold for the queue whose URL is named', async () => {
    const { policies, may } = prepare();
    const roleArn = policies.createRole({ roleName: 'r', trustPolicy: TRUST });
    policies.putRolePolicy('r', 'p', allow('*'));

    await provisionAlone(createQueuePolicyType(policies, { setPolicy() {} }), {
      Queues: ['https://sqs.us-east-1.amazonaws.com/000000000000/queue'],
      PolicyDocument: deny(QUEUE),
    });

    expect(may(role(roleArn), { action: 'sqs:SendMessage', resource: QUEUE })).toBe(false);
    expect(may(role(roleArn), { action: 'sqs:SendMessage', resource: `${QUEUE}2` })).toBe(true);
  });
});
