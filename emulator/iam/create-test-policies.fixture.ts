// A role and the policies of an account, to be asked what they allow.

import type { AccessNeed, Principal } from '../kernel/access.ts';
import { AwsError } from '../kernel/errors.ts';
import { createAccessControl } from './access-control.ts';
import { PolicyStore } from './policy-store.ts';

const NOW_MS = Date.UTC(2026, 0, 1, 12);
const ACCOUNT_ID = '000000000000';
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT_ID}:role/worker`;
export const ROLE: Principal = { kind: 'role', roleArn: ROLE_ARN, sessionName: 'consume' };
export const FUNCTION_ARN = `arn:aws:lambda:us-east-1:${ACCOUNT_ID}:function:consume`;
export const RULE_ARN = `arn:aws:events:us-east-1:${ACCOUNT_ID}:rule/bus/rule`;
export const RULE: Principal = { kind: 'service', service: 'events.amazonaws.com', sourceArn: RULE_ARN };
const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT_ID}:queue`;
export const PUT: AccessNeed = { action: 's3:PutObject', resource: 'arn:aws:s3:::bucket/a/b' };
export const SEND: AccessNeed = { action: 'sqs:SendMessage', resource: QUEUE_ARN };
export const INVOKE: AccessNeed = { action: 'lambda:InvokeFunction', resource: FUNCTION_ARN };

export const trustOf = (service: string, more: object = {}) =>
  policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service }, ...more });

export const policyOf = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });

export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

/** The role `worker`, which Lambda may take on, with these policies. */
export function createTestPolicies(...rolePolicies: unknown[]) {
  const store = new PolicyStore({ region: 'us-east-1', accountId: ACCOUNT_ID, nowMs: () => NOW_MS });
  store.createRole({
    roleName: 'worker',
    trustPolicy: trustOf('lambda.amazonaws.com'),
    tags: [{ key: 'Team', value: 'blue' }],
  });
  rolePolicies.forEach((document, index) => {
    store.putRolePolicy('worker', `policy-${index}`, document);
  });
  const { authorize } = createAccessControl(store);
  /** What a denied call is told; undefined when it is allowed. */
  const refusal = (caller: Principal, need: AccessNeed): Refusal | undefined => {
    try {
      authorize(caller, need);
      return undefined;
    } catch (error) {
      if (error instanceof AwsError) return { code: error.code, status: error.status, message: error.message };
      throw error;
    }
  };
  return { store, refusal, may: (caller: Principal, need: AccessNeed) => refusal(caller, need) === undefined };
}

/** Whether one statement of the role's own policy lets it make a call. */
export function mayByIdentity(statement: object, need: AccessNeed = PUT): boolean {
  return createTestPolicies(policyOf({ Effect: 'Allow', ...statement })).may(ROLE, need);
}

/** Whether one statement of the function's policy lets somebody invoke it. */
export function mayInvoke(statement: object, caller: Principal): boolean {
  const { store, may } = createTestPolicies();
  store.addResourcePolicy(FUNCTION_ARN, policyOf({ Effect: 'Allow', Action: '*', Resource: '*', ...statement }));
  return may(caller, INVOKE);
}

/** Whether one statement of the function's policy keeps somebody from invoking it who otherwise may. */
export function isDenied(statement: object, caller: Principal): boolean {
  const { store, may } = createTestPolicies();
  store.addResourcePolicy(
    FUNCTION_ARN,
    policyOf(
      { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
      { Effect: 'Deny', Action: '*', Resource: '*', ...statement },
    ),
  );
  return !may(caller, INVOKE);
}
