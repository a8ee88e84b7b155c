// Rule: a change set tells what it would do to its stack, and does it when it is executed; one without changes fails.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-changesets.html

import {
  CreateChangeSetCommand,
  type CreateChangeSetCommandInput,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const NAMES = { StackName: 'tiny', ChangeSetName: 'changes' };

function createChangeSets() {
  const stacks = createTestStacks();
  const { client, run, pass } = stacks;
  const describeChangeSet = () => run(client.send(new DescribeChangeSetCommand(NAMES)));
  return {
    ...stacks,
    describeChangeSet,
    async propose(Resources: object, input: Partial<CreateChangeSetCommandInput> = {}) {
      const TemplateBody = JSON.stringify({ Resources });
      const source = input.TemplateURL === undefined ? { TemplateBody } : {};
      await run(client.send(new CreateChangeSetCommand({ ...NAMES, ...source, ...input })));
      await pass();
      return describeChangeSet();
    },
    execute: () => run(client.send(new ExecuteChangeSetCommand(NAMES))),
    drop: () => run(client.send(new DeleteChangeSetCommand(NAMES))),
  };
}

describe('a change set', () => {
  test('of a new stack leaves it in review, and creates it when it is executed', async () => {
    const { propose, execute, pass, describe: describeStack } = createChangeSets();

    const { Status, ExecutionStatus, Changes } = await propose({ Queue: QUEUE }, { ChangeSetType: 'CREATE' });

    expect({ Status, ExecutionStatus }).toEqual({ Status: 'CREATE_COMPLETE', ExecutionStatus: 'AVAILABLE' });
    expect(Changes?.[0]?.ResourceChange).toMatchObject({ Action: 'Add', LogicalResourceId: 'Queue' });
    expect((await describeStack())?.StackStatus).toBe('REVIEW_IN_PROGRESS');
    await execute();
    await pass();
    expect((await describeStack())?.StackStatus).toBe('CREATE_COMPLETE');
  });

  test('of a stack tells what would be modified, added and removed', async () => {
    const { create, pass, propose } = createChangeSets();
    await create({ Resources: { Queue: QUEUE, Old: QUEUE } });
    await pass();

    const Queue = { ...QUEUE, Properties: { VisibilityTimeout: 60, QueueName: 'q' } };
    const { Changes = [] } = await propose({ Queue, New: QUEUE });

    const [queue, added, removed] = Changes.map(({ ResourceChange }) => ResourceChange);
    expect(queue).toMatchObject({ Action: 'Modify', LogicalResourceId: 'Queue', Replacement: 'True' });
    expect(queue?.Details?.map(({ Target }) => [Target?.Name, Target?.RequiresRecreation])).toEqual([
      ['QueueName', 'Always'],
      ['VisibilityTimeout', 'Never'],
    ]);
    expect(added).toMatchObject({ Action: 'Add', LogicalResourceId: 'New' });
    expect(removed).toMatchObject({ Action: 'Remove', LogicalResourceId: 'Old', PolicyAction: 'Delete' });
  });

  test('without changes fails, and cannot be executed', async () => {
    const { create, pass, propose, execute } = createChangeSets();
    await create({ Resources: { Queue: QUEUE } });
    await pass();

    const { Status, StatusReason } = await propose({ Queue: QUEUE });

    expect(Status).toBe('FAILED');
    expect(StatusReason).toBe(
      "The submitted information didn't contain changes. Submit different information to create a change set.",
    );
    await expect(execute()).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  });

  test('is there until it is deleted', async () => {
    const { propose, drop, describeChangeSet } = createChangeSets();
    await propose({ Queue: QUEUE }, { ChangeSetType: 'CREATE' });

    await drop();

    await expect(describeChangeSet()).rejects.toMatchObject({
      name: 'ChangeSetNotFoundException',
      message: 'ChangeSet [changes] does not exist',
    });
  });

  test.each(['https://s3.us-east-1.amazonaws.com/templates/t.json', 'http://127.0.0.1:4566/templates/t.json'])(
    'takes its template from S3: %s',
    async (TemplateURL) => {
      const { propose, emulator, config, run } = createChangeSets();
      const s3 = new S3Client(config);
      const Bucket = 'cdk-hnb659fds-assets-000000000000-us-east-1';
      const Body = JSON.stringify({ Resources: { FromS3: QUEUE } });
      await run(s3.send(new PutObjectCommand({ Bucket, Key: 't.json', Body })));

      const url = TemplateURL.replace('templates', Bucket);
      const { Changes } = await propose({}, { ChangeSetType: 'CREATE', TemplateURL: url });

      expect(emulator.clock.now()).toBeGreaterThan(0);
      expect(Changes?.[0]?.ResourceChange?.LogicalResourceId).toBe('FromS3');
    },
  );

  test.each([
    ['CREATE of a stack that is there', 'CREATE', 'already exists and cannot be created again with the changeSet'],
    ['a type that the emulator lacks', 'UPDATE', 'resource Table (AWS::DynamoDB::Table) is not modelled'],
  ] as const)('is refused for %s', async (_claim, ChangeSetType, message) => {
    const { create, pass, propose } = createChangeSets();
    await create({ Resources: { Queue: QUEUE } });
    await pass();

    const proposal = propose({ Table: { Type: 'AWS::DynamoDB::Table' } }, { ChangeSetType });

    await expect(proposal).rejects.toThrow(message);
  });
});
