// A bucket in an account whose caller is a role with few permissions, for tests.

import { MetricStore } from '../cloudwatch/metric-store.ts';
import { createAccessControl } from '../iam/access-control.ts';
import { PolicyStore } from '../iam/policy-store.ts';
import { createWorld } from '../kernel/create-world.ts';
import { createS3Service } from './create-s3-service.ts';

const ACCOUNT = { region: 'us-east-1', accountId: '000000000000' };
const LAMBDA_TRUST = {
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
};

/** The role may do `actions` with the bucket `bucket` and its objects. */
export function createRestrictedAccount(actions: readonly string[]) {
  const policies = new PolicyStore(ACCOUNT);
  const statement = { Effect: 'Allow', Action: actions, Resource: ['arn:aws:s3:::bucket', 'arn:aws:s3:::bucket/*'] };
  const roleArn = policies.createRole({
    roleName: 'caller',
    trustPolicy: LAMBDA_TRUST,
    inlinePolicies:
      actions.length === 0
        ? []
        : [{ policyName: 'inline', document: { Version: '2012-10-17', Statement: [statement] } }],
  });
  const world = createWorld({
    seed: 1,
    startMs: 0,
    ...ACCOUNT,
    access: createAccessControl(policies),
    metrics: (clock, latency) => new MetricStore(clock, latency),
  });
  const s3 = createS3Service(world);
  world.gateway.register(s3.service);
  s3.createBucket('bucket');
  return {
    call(operation: string, input: object): Promise<unknown> {
      const caller = { kind: 'role', roleArn, sessionName: 'session' } as const;
      return world.clock.runUntilSettled(world.gateway.call({ service: 's3', operation, input, caller }));
    },
  };
}
