// Rule: a stack's resources are made after those that they refer to; when one fails, those that were made are deleted again,
//   unless the request asks to keep them.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stack-failure-options.html

import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE, TAKEN_BUCKET } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const PARAMETER = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Queue' } } };
const FAILING = { Resources: { Queue: { ...QUEUE, Properties: { QueueName: 'q' } }, Bucket: TAKEN_BUCKET } };

describe('a stack that is created', () => {
  test('goes from CREATE_IN_PROGRESS to CREATE_COMPLETE, resource by resource', async () => {
    const { create, pass, describe: describeStack, listSteps } = createTestStacks();

    await create({ Resources: { Parameter: PARAMETER, Queue: QUEUE } });
    expect((await describeStack())?.StackStatus).toBe('CREATE_IN_PROGRESS');
    await pass();

    expect((await describeStack())?.StackStatus).toBe('CREATE_COMPLETE');
    expect(await listSteps()).toEqual([
      'tiny CREATE_IN_PROGRESS',
      'Queue CREATE_IN_PROGRESS',
      'Queue CREATE_IN_PROGRESS',
      'Queue CREATE_COMPLETE',
      'Parameter CREATE_IN_PROGRESS',
      'Parameter CREATE_IN_PROGRESS',
      'Parameter CREATE_COMPLETE',
      'tiny CREATE_COMPLETE',
    ]);
  });

  test('is refused when its name is taken', async () => {
    const { create } = createTestStacks();
    await create({ Resources: { Queue: QUEUE } });

    await expect(create({ Resources: { Queue: QUEUE } })).rejects.toMatchObject({
      name: 'AlreadyExistsException',
      message: 'Stack [tiny] already exists',
    });
  });

  test('is the same one when the same request comes again', async () => {
    const { create } = createTestStacks();
    const request = { ClientRequestToken: 'once' };

    const first = await create({ Resources: { Queue: QUEUE } }, request);

    expect(await create({ Resources: { Queue: QUEUE } }, request)).toBe(first);
  });

  test('needs to be told that it may change permissions', async () => {
    const { create } = createTestStacks();
    const Role = { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: [] } } };

    await expect(create({ Resources: { Role } })).rejects.toMatchObject({
      name: 'InsufficientCapabilitiesException',
      message: 'Requires capabilities : [CAPABILITY_IAM]',
    });
  });
});

describe('a stack one of whose resources fails', () => {
  test('is rolled back, with the reason of the resource', async () => {
    const { create, pass, describe: describeStack, listEvents, config, run } = createTestStacks();

    await create(FAILING);
    await pass();

    expect((await describeStack())?.StackStatus).toBe('ROLLBACK_COMPLETE');
    const events = await listEvents('tiny');
    expect(events.find(({ ResourceStatus }) => ResourceStatus === 'ROLLBACK_IN_PROGRESS')).toMatchObject({
      ResourceStatusReason: expect.stringMatching(/^The following .*Bucket.*\]\. Rollback requested by user\.$/),
    });
    const failure = events.find(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
    expect(failure?.ResourceStatusReason).toMatch(
      /^Resource handler returned message: "Your previous request .* \(Service: S3, Status Code: 409, Request ID: .*\)" \(RequestToken: .*, HandlerErrorCode: AlreadyExists\)$/,
    );
    const queue = run(new SQSClient(config).send(new GetQueueUrlCommand({ QueueName: 'q' })));
    await expect(queue).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });

  test.each([
    ['DO_NOTHING', 'CREATE_FAILED'],
    ['DELETE', 'DELETE_COMPLETE'],
  ] as const)('with OnFailure %s ends in %s', async (OnFailure, status) => {
    const { create, pass, describe: describeStack } = createTestStacks();

    const id = await create(FAILING, { OnFailure });
    await pass();

    expect((await describeStack(id))?.StackStatus).toBe(status);
  });
});
