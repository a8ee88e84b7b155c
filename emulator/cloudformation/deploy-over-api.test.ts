// A stack of this repository, deployed with a real SDK client in virtual time, as the CDK's command line does it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { synthesize } from '../../scripts/synthesize.ts';
import { createEmulator } from '../emulator.ts';

const StackName = 'eventing-messaging-showdown';
const ASSET_BUCKET = 'cdk-hnb659fds-assets-000000000000-us-east-1';
const EXECUTION_ROLE = 'arn:aws:iam::000000000000:role/cdk-hnb659fds-cfn-exec-role-000000000000-us-east-1';
const MINUTES_10_MS = 600_000;

let assemblyFolder = '';
beforeAll(async () => {
  ({ assemblyFolder } = await synthesize());
}, 60_000);

async function createDeployment() {
  const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
  const config = emulator.administratorClientConfig();
  const client = new CloudFormationClient(config);
  const s3 = new S3Client(config);
  const run = <T>(promise: Promise<T>) => emulator.runUntilSettled(promise);
  const put = (Key: string, Body: Uint8Array) =>
    run(s3.send(new PutObjectCommand({ Bucket: ASSET_BUCKET, Key, Body })));
  for (const folder of readdirSync(assemblyFolder).filter((name) => name.startsWith('asset.'))) {
    const files = readdirSync(join(assemblyFolder, folder)).map((name) => [
      name,
      readFileSync(join(assemblyFolder, folder, name)),
    ]);
    await put(`${folder.slice('asset.'.length)}.zip`, zipSync(Object.fromEntries(files)));
  }
  await put('template.json', readFileSync(join(assemblyFolder, `${StackName}.template.json`)));
  return {
    emulator,
    client,
    s3,
    run,
    pass: () => emulator.clock.runUntil(emulator.clock.now() + MINUTES_10_MS),
    describe: async (name = StackName) =>
      (await run(client.send(new DescribeStacksCommand({ StackName: name })))).Stacks?.[0],
  };
}

describe('the showdown’s own stack', () => {
  test('comes and goes by a change set, its code and template from S3, and leaves nothing behind', async () => {
    const { client, s3, run, pass, describe: describeStack } = await createDeployment();

    const { Id: ChangeSetName, StackId = '' } = await run(
      client.send(
        new CreateChangeSetCommand({
          StackName,
          ChangeSetName: 'cdk-deploy-change-set',
          ChangeSetType: 'CREATE',
          TemplateURL: `https://s3.us-east-1.amazonaws.com/${ASSET_BUCKET}/template.json`,
          Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
          RoleARN: EXECUTION_ROLE,
        }),
      ),
    );
    expect((await describeStack())?.StackStatus).toBe('REVIEW_IN_PROGRESS');
    await pass();
    const { Status, Changes } = await run(client.send(new DescribeChangeSetCommand({ ChangeSetName, StackName })));
    expect(Status).toBe('CREATE_COMPLETE');
    expect(Changes?.length).toBeGreaterThan(50);
    await run(client.send(new ExecuteChangeSetCommand({ ChangeSetName, StackName })));
    expect((await describeStack())?.StackStatus).toBe('CREATE_IN_PROGRESS');
    await pass();

    const { StackStatus, StackStatusReason, Outputs = [] } = (await describeStack()) ?? {};
    expect({ StackStatus, StackStatusReason }).toEqual({ StackStatus: 'CREATE_COMPLETE' });
    const Bucket = Outputs.find(({ OutputKey }) => OutputKey === 'BucketName')?.OutputValue;
    await run(s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' })));
    await run(client.send(new DeleteStackCommand({ StackName })));
    await pass();

    expect((await describeStack(StackId))?.StackStatus).toBe('DELETE_COMPLETE');
    const { StackResourceSummaries = [] } = await run(
      client.send(new ListStackResourcesCommand({ StackName: StackId })),
    );
    expect(new Set(StackResourceSummaries.map(({ ResourceStatus }) => ResourceStatus))).toEqual(
      new Set(['DELETE_COMPLETE']),
    );
    await expect(run(s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'a' })))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('goes while a run is under way, and comes again under the same names', async () => {
    const emulator = createEmulator({ seed: 1, startMs: Date.UTC(2026, 0, 1) });
    const config = emulator.clientConfig();
    const client = new CloudFormationClient(config);
    const run = <T>(promise: Promise<T>) => emulator.runUntilSettled(promise);
    const pass = (durationMs: number) => emulator.clock.runUntil(emulator.clock.now() + durationMs);
    const { outputs } = await emulator.deploy(assemblyFolder);
    const input = JSON.stringify({ batchSizes: [10], ticks: 30 });
    const started = new SFNClient(config).send(
      new StartExecutionCommand({ stateMachineArn: outputs.StateMachineArn, input }),
    );
    await run(started);
    await pass(180_000);

    await run(client.send(new DeleteStackCommand({ StackName })));
    await pass(MINUTES_10_MS);

    // What was under way may have reached the bucket after it had been emptied, as on AWS.
    const { StackSummaries = [] } = await run(
      client.send(new ListStacksCommand({ StackStatusFilter: ['DELETE_FAILED'] })),
    );
    for (const { StackStatusReason = '' } of StackSummaries) {
      expect(StackStatusReason).toMatch(/^The following resource\(s\) failed to delete: \[Results\w+\]\. $/);
      const RetainResources = StackStatusReason.match(/Results\w+/) ?? [];
      await run(client.send(new DeleteStackCommand({ StackName, RetainResources: [...RetainResources] })));
      await pass(60_000);
    }
    await expect(emulator.deploy(assemblyFolder)).resolves.toMatchObject({ stackName: StackName });
  });
});
