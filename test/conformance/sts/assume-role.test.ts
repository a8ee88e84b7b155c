// Rule: a role is taken on when its trust policy allows the caller, and the caller's own policies do where the trust policy
//   names the account only; the account's owner may take on none.
// Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html

import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { createTestSts } from '../../../emulator/sts/create-test-sts.fixture.ts';

const DEPLOY_SESSION = 'assumed-role/cdk-hnb659fds-deploy-role-000000000000-us-east-1/deployer';

function createAssumption() {
  const sts = createTestSts();
  const { administrator, deployRoleArn, run } = sts;
  const assume = (client = administrator, input: object = {}) =>
    run(client.send(new AssumeRoleCommand({ RoleArn: deployRoleArn, RoleSessionName: 'deployer', ...input })));
  return { ...sts, assume };
}

describe('AssumeRole', () => {
  test('gives credentials that make calls as the role’s session', async () => {
    const { assume, createClient, run } = createAssumption();

    const { Credentials, AssumedRoleUser } = await assume();
    const identity = await run(createClient(Credentials).send(new GetCallerIdentityCommand({})));

    expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::000000000000:${DEPLOY_SESSION}`);
    expect(identity.Arn).toBe(AssumedRoleUser?.Arn);
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
    expect(Credentials?.Expiration?.getTime()).toBeGreaterThan(Date.UTC(2026, 0, 1, 0, 59));
  });

  test('refuses the account’s owner', async () => {
    const { assume, owner } = createAssumption();

    await expect(assume(owner)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: 'Roles may not be assumed by root accounts.',
    });
  });

  test.each([
    ['a role that trusts a service only', 'cdk-hnb659fds-cfn-exec-role-000000000000-us-east-1'],
    ['a role that is not there', 'nobody'],
  ])('refuses %s', async (_claim, roleName) => {
    const { assume, administrator } = createAssumption();
    const RoleArn = `arn:aws:iam::000000000000:role/${roleName}`;

    await expect(assume(administrator, { RoleArn })).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: arn:aws:sts::000000000000:assumed-role/Administrator/administrator is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
  });

  test('refuses a caller whose own policies do not allow it, though the role trusts the account', async () => {
    const { assume, createClient } = createAssumption();
    const { Credentials } = await assume();

    const chained = assume(createClient(Credentials));

    await expect(chained).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test('tells the external id to the trust policy', async () => {
    const { assume, administrator } = createAssumption();

    // The CDK's roles trust only callers without one.
    await expect(assume(administrator, { ExternalId: 'somebody' })).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  test.each([
    [899, 'greater than or equal to 900'],
    [43_201, 'less than or equal to 43200'],
    [3601, 'exceeds the 1 hour session limit for roles assumed by role chaining'],
  ])('refuses sessions of %i seconds', async (DurationSeconds, message) => {
    const { assume, administrator } = createAssumption();

    await expect(assume(administrator, { DurationSeconds })).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(message),
    });
  });
});
