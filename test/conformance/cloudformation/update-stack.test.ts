// Rule: an update changes, adds and deletes resources as the new template says; when one fails, the stack goes back to what
//   it was.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks-update-behaviors.html

import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE, TAKEN_BUCKET } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const parameter = (Value: string, Name = 'p') => ({
  Type: 'AWS::SSM::Parameter',
  Properties: { Name, Type: 'String', Value },
});

async function createUpdated() {
  const stacks = createTestStacks();
  await stacks.create({ Resources: { Parameter: parameter('old'), Queue: QUEUE } });
  await stacks.pass();
  const ssm = new SSMClient(stacks.config);
  return {
    ...stacks,
    read: async () => (await stacks.run(ssm.send(new GetParameterCommand({ Name: 'p' })))).Parameter?.Value,
    since: async () => {
      const steps = await stacks.listSteps();
      return steps.slice(steps.indexOf('tiny UPDATE_IN_PROGRESS'));
    },
  };
}

describe('an update', () => {
  test('changes properties in place, then adds, and deletes last', async () => {
    const { update, pass, read, since, describe: describeStack } = await createUpdated();

    await update({ Resources: { Parameter: parameter('new'), Logs: { Type: 'AWS::Logs::LogGroup' } } });
    await pass();

    expect((await describeStack())?.StackStatus).toBe('UPDATE_COMPLETE');
    expect(await read()).toBe('new');
    const steps = await since();
    expect(steps).toContain('Parameter UPDATE_COMPLETE');
    expect(steps).toContain('Logs CREATE_COMPLETE');
    expect(steps.slice(-4)).toEqual([
      'tiny UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Queue DELETE_IN_PROGRESS',
      'Queue DELETE_COMPLETE',
      'tiny UPDATE_COMPLETE',
    ]);
  });

  test('sets a property back to its default when the template no longer names it', async () => {
    const { create, update, pass, config, run } = createTestStacks();
    const sqs = new SQSClient(config);
    const Properties = { QueueName: 'q', DelaySeconds: 5 };
    await create({ Resources: { Queue: { ...QUEUE, Properties } } });
    await pass();

    await update({ Resources: { Queue: { ...QUEUE, Properties: { QueueName: 'q', VisibilityTimeout: 60 } } } });
    await pass();

    const { QueueUrl } = await run(sqs.send(new GetQueueUrlCommand({ QueueName: 'q' })));
    const { Attributes } = await run(sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] })));
    expect(Attributes).toMatchObject({ DelaySeconds: '0', VisibilityTimeout: '60' });
  });

  test('that changes nothing is refused', async () => {
    const { update } = await createUpdated();

    await expect(update({ Resources: { Parameter: parameter('old'), Queue: QUEUE } })).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'No updates are to be performed.',
    });
  });

  test('of a property that would need another resource is refused by name, and undone', async () => {
    const { update, pass, read, listEvents, describe: describeStack } = await createUpdated();
    const Queue = { ...QUEUE, Properties: { QueueName: 'other' } };

    await update({ Resources: { Parameter: parameter('new'), Queue } });
    await pass();

    expect((await describeStack())?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await read()).toBe('old');
    const failure = (await listEvents('tiny')).find(({ ResourceStatus }) => ResourceStatus === 'UPDATE_FAILED');
    expect(failure?.ResourceStatusReason).toBe(
      'Queue (AWS::SQS::Queue): an update of QueueName, for which AWS may replace the resource, is not modelled by the emulator',
    );
  });

  test('whose new resource fails takes away what it had added', async () => {
    const { update, pass, since, describe: describeStack } = await createUpdated();

    await update({ Resources: { Parameter: parameter('old'), Queue: QUEUE, Other: QUEUE, Bucket: TAKEN_BUCKET } });
    await pass();

    expect((await describeStack())?.StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await since()).toContain('Other DELETE_COMPLETE');
  });

  test('of a stack that is busy or not there is refused', async () => {
    const { create, update, describe: describeStack } = createTestStacks();

    await expect(update({ Resources: { Queue: QUEUE } })).rejects.toThrow('Stack [tiny] does not exist');
    await create({ Resources: { Queue: QUEUE } });
    const id = (await describeStack())?.StackId;

    await expect(update({ Resources: { Other: QUEUE } })).rejects.toThrow(
      `Stack:${id} is in CREATE_IN_PROGRESS state and can not be updated.`,
    );
  });
});
