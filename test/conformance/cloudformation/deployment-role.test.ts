// Rule: a stack is made by the role that the request names, which has to trust CloudFormation and which the caller has to be
//   allowed to pass.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html

import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const roleArn = (name: string) => `arn:aws:iam::000000000000:role/cdk-hnb659fds-${name}-role-000000000000-us-east-1`;
const TEMPLATE = { Resources: { Queue: QUEUE } };

async function createDeployer(roleName: string) {
  const stacks = createTestStacks();
  const sts = new STSClient(stacks.config);
  const { Credentials } = await stacks.run(
    sts.send(new AssumeRoleCommand({ RoleArn: roleArn(roleName), RoleSessionName: 'deployer' })),
  );
  const client = new CloudFormationClient({
    ...stacks.config,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  const create = (RoleARN: string) =>
    stacks.run(
      client.send(new CreateStackCommand({ StackName: 'tiny', TemplateBody: JSON.stringify(TEMPLATE), RoleARN })),
    );
  return { ...stacks, create };
}

describe('the role of a stack', () => {
  test('makes it for a caller who may pass it, as the CDK’s roles do', async () => {
    const { create, pass, describe: describeStack } = await createDeployer('deploy');

    await create(roleArn('cfn-exec'));
    await pass();

    expect(await describeStack()).toMatchObject({ StackStatus: 'CREATE_COMPLETE', RoleARN: roleArn('cfn-exec') });
  });

  test('may not be any other than the caller is allowed to pass', async () => {
    const { create } = await createDeployer('deploy');

    await expect(create(roleArn('lookup'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('is not authorized to perform: iam:PassRole on resource'),
    });
  });

  test('has to trust CloudFormation', async () => {
    const { create } = createTestStacks();

    await expect(create(TEMPLATE, { RoleARN: roleArn('lookup') })).rejects.toMatchObject({
      name: 'ValidationError',
      message: `Role ${roleArn('lookup')} is invalid or cannot be assumed`,
    });
  });

  test('does not help a caller who may not make stacks', async () => {
    const { create } = await createDeployer('lookup');

    await expect(create(roleArn('cfn-exec'))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining('is not authorized to perform: cloudformation:CreateStack'),
    });
  });
});
