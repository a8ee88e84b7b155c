// Rule: an account that the CDK has bootstrapped has the stack CDKToolkit, with a bucket for assets and the roles that deploy.
// Source: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-env.html

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { createTestStacks } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const CDK_TEMPLATE = readFileSync(
  join(import.meta.dirname, '../../../node_modules/aws-cdk/lib/api/bootstrap/bootstrap-template.yaml'),
  'utf8',
);

describe('a new account', () => {
  test('has the stack of the CDK, in the version that this CDK brings', async () => {
    const { describe: describeStack, config, run } = createTestStacks();
    const [, version = ''] =
      /Name:\s+Fn::Sub: '\/cdk-bootstrap[^\n]*\n[^\n]*\n\s+Value: '(\d+)'/.exec(CDK_TEMPLATE) ?? [];

    const stack = await describeStack('CDKToolkit');
    const Name = '/cdk-bootstrap/hnb659fds/version';
    const { Parameter } = await run(new SSMClient(config).send(new GetParameterCommand({ Name })));

    expect(version).toMatch(/^\d+$/);
    expect(Parameter?.Value).toBe(version);
    expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
    expect(stack?.Outputs).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ OutputKey: 'BootstrapVersion', OutputValue: version }),
        expect.objectContaining({
          OutputKey: 'BucketName',
          OutputValue: 'cdk-hnb659fds-assets-000000000000-us-east-1',
        }),
      ]),
    );
  });

  test('has no resource that the CDK’s template lacks, and every role but the one for images', async () => {
    const { client, run } = createTestStacks();

    const { StackResourceSummaries = [] } = await run(
      client.send(new ListStackResourcesCommand({ StackName: 'CDKToolkit' })),
    );

    for (const { LogicalResourceId } of StackResourceSummaries)
      expect(CDK_TEMPLATE).toContain(`\n  ${LogicalResourceId}:`);
    const roles = StackResourceSummaries.filter(({ ResourceType }) => ResourceType === 'AWS::IAM::Role');
    expect(roles.map(({ PhysicalResourceId }) => PhysicalResourceId).sort()).toEqual(
      ['cfn-exec', 'deploy', 'file-publishing', 'lookup'].map(
        (name) => `cdk-hnb659fds-${name}-role-000000000000-us-east-1`,
      ),
    );
  });
});
