// Rule: a stack may use what another exports, and the other cannot be deleted for as long.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html

import { ListExportsCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const EXPORTING = {
  Resources: { Queue: QUEUE },
  Outputs: { Url: { Value: { Ref: 'Queue' }, Export: { Name: { 'Fn::Sub': `\${AWS::StackName}-url` } } } },
};
const IMPORTING = {
  Resources: {
    P: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { 'Fn::ImportValue': 'tiny-url' } } },
  },
};

describe('an export', () => {
  test('is listed, and can be used by another stack', async () => {
    const { create, pass, describe: describeStack, client, run } = createTestStacks();
    const ExportingStackId = await create(EXPORTING);
    await pass();

    await create(IMPORTING, { StackName: 'other' });
    await pass();

    expect((await describeStack('other'))?.StackStatus).toBe('CREATE_COMPLETE');
    const { Exports } = await run(client.send(new ListExportsCommand({})));
    expect(Exports).toContainEqual({
      ExportingStackId,
      Name: 'tiny-url',
      Value: expect.stringContaining('/tiny-Queue-'),
    });
  });

  test('keeps its stack from being deleted while it is used', async () => {
    const { create, pass, remove, describe: describeStack } = createTestStacks();
    await create(EXPORTING);
    await pass();
    await create(IMPORTING, { StackName: 'other' });
    await pass();

    await remove();
    await pass();

    expect(await describeStack()).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'Export tiny-url cannot be deleted as it is in use by other',
    });
    await remove({ StackName: 'other' });
    await pass();
    await remove();
    await pass();
    await expect(describeStack()).rejects.toThrow('does not exist');
  });

  test('that nobody made fails the resource that uses it', async () => {
    const { create, pass, describe: describeStack, listEvents } = createTestStacks();

    await create(IMPORTING);
    await pass();

    expect((await describeStack())?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const reasons = (await listEvents('tiny')).map(({ ResourceStatusReason }) => ResourceStatusReason);
    expect(reasons).toContainEqual(expect.stringContaining('No export named tiny-url found.'));
  });
});
