// Rule: the CDK's command line deploys an app to a bootstrapped account by STS, S3 and CloudFormation, and destroys it again.
// Source: https://docs.aws.amazon.com/cdk/v2/guide/deploy.html

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeExecutionCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, test } from 'vitest';
import { OUTPUT_NAMES, STACK_NAME } from '../../../infra/names.ts';
import { type Served, startServed } from '../../start-served.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const CDK = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');

/** The command line as it is; nothing of it knows that the account is emulated. */
function runCdk({ environment }: Served, cdkArguments: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [CDK, ...cdkArguments], { cwd: ROOT, env: environment });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? -1, output }));
  });
}

function createConfig({ environment }: Served) {
  const { AWS_ENDPOINT_URL = '', AWS_REGION = '', AWS_ACCESS_KEY_ID = '' } = environment;
  const { AWS_SECRET_ACCESS_KEY = '', AWS_SESSION_TOKEN = '' } = environment;
  return {
    endpoint: AWS_ENDPOINT_URL,
    region: AWS_REGION,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN,
    },
  };
}

test('our own stack is deployed, runs and is destroyed', async () => {
  const served = await startServed(['--empty']);
  const config = createConfig(served);
  const describe = () => new CloudFormationClient(config).send(new DescribeStacksCommand({ StackName: STACK_NAME }));

  const deployed = await runCdk(served, ['deploy', '--all', '--require-approval', 'never', '--no-notices']);
  expect(deployed.output).toContain(`✅  ${STACK_NAME}`);
  expect(deployed.code).toBe(0);

  const { Stacks: [stack] = [] } = await describe();
  expect(stack?.StackStatus).toBe('CREATE_COMPLETE');
  const sfn = new SFNClient(config);
  const stateMachineArn = stack?.Outputs?.find(
    ({ OutputKey }) => OutputKey === OUTPUT_NAMES.stateMachineArn,
  )?.OutputValue;
  const { executionArn } = await sfn.send(new StartExecutionCommand({ stateMachineArn, input: '{"unknown":1}' }));
  let status: string | undefined = 'RUNNING';
  while (status === 'RUNNING') {
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
    ({ status } = await sfn.send(new DescribeExecutionCommand({ executionArn })));
  }
  // The Lambda code that the CDK uploaded has refused the input.
  expect(status).toBe('FAILED');

  const destroyed = await runCdk(served, ['destroy', '--all', '--force', '--no-notices']);
  expect(destroyed.output).toContain(`✅  ${STACK_NAME}: destroyed`);
  expect(destroyed.code).toBe(0);
  await expect(describe()).rejects.toMatchObject({ name: 'ValidationError' });
  expect(await served.stop()).toBe(0);
});
