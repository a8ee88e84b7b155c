// Rule: a stack's resources are deleted before those that they refer to; those that are to be kept are, and what cannot be
//   deleted fails the deletion.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html

import { UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createTestStacks, QUEUE } from '../../../emulator/cloudformation/create-test-stacks.fixture.ts';

const BUCKET = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'full' } };
const EMPTIER = {
  Type: 'Custom::S3AutoDeleteObjects',
  Properties: { ServiceToken: 'arn:aws:lambda:us-east-1:000000000000:function:f', BucketName: { Ref: 'Bucket' } },
};

async function createDeletable(Resources: object) {
  const stacks = createTestStacks();
  const id = await stacks.create({ Resources });
  await stacks.pass();
  const s3 = new S3Client(stacks.config);
  return {
    ...stacks,
    id,
    put: () => stacks.run(s3.send(new PutObjectCommand({ Bucket: 'full', Key: 'a', Body: 'a' }))),
    async deleteAll(input = {}) {
      await stacks.remove(input);
      await stacks.pass();
      return stacks.describe(id);
    },
    since: async () => {
      const steps = await stacks.listSteps(id);
      return steps.slice(steps.lastIndexOf('tiny DELETE_IN_PROGRESS'));
    },
  };
}

describe('a stack that is deleted', () => {
  test('loses its resources in the reverse order of their references, and can then only be found by its id', async () => {
    const Parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: { Ref: 'Queue' } } };
    const { deleteAll, since, describe: describeStack } = await createDeletable({ Queue: QUEUE, Parameter });

    expect((await deleteAll())?.StackStatus).toBe('DELETE_COMPLETE');

    expect(await since()).toEqual([
      'tiny DELETE_IN_PROGRESS',
      'Parameter DELETE_IN_PROGRESS',
      'Parameter DELETE_COMPLETE',
      'Queue DELETE_IN_PROGRESS',
      'Queue DELETE_COMPLETE',
      'tiny DELETE_COMPLETE',
    ]);
    await expect(describeStack('tiny')).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack with id tiny does not exist',
    });
  });

  test('leaves what its template says to retain', async () => {
    const { deleteAll, since, put } = await createDeletable({ Bucket: { ...BUCKET, DeletionPolicy: 'Retain' } });

    expect((await deleteAll())?.StackStatus).toBe('DELETE_COMPLETE');

    expect(await since()).toContain('Bucket DELETE_SKIPPED');
    await put();
  });

  test('fails at a bucket with objects, and is deleted without it when asked to retain it', async () => {
    const { deleteAll, put, listEvents, id } = await createDeletable({ Bucket: BUCKET, Queue: QUEUE });
    await put();

    const stack = await deleteAll();

    expect(stack).toMatchObject({
      StackStatus: 'DELETE_FAILED',
      StackStatusReason: 'The following resource(s) failed to delete: [Bucket]. ',
    });
    const failure = (await listEvents(id)).find(
      ({ LogicalResourceId, ResourceStatus }) => LogicalResourceId === 'Bucket' && ResourceStatus === 'DELETE_FAILED',
    );
    expect(failure?.ResourceStatusReason).toContain('The bucket you tried to delete is not empty');
    expect((await deleteAll({ RetainResources: ['Bucket'] }))?.StackStatus).toBe('DELETE_COMPLETE');
  });

  test('empties a bucket for which the CDK was told to', async () => {
    const { deleteAll, put } = await createDeletable({ Bucket: BUCKET, EMPTIER });
    await put();

    expect((await deleteAll())?.StackStatus).toBe('DELETE_COMPLETE');
    await expect(put()).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  test('is refused while it is protected', async () => {
    const { remove, client, run } = await createDeletable({ Queue: QUEUE });
    await run(
      client.send(new UpdateTerminationProtectionCommand({ StackName: 'tiny', EnableTerminationProtection: true })),
    );

    await expect(remove()).rejects.toMatchObject({
      name: 'ValidationError',
      message: 'Stack [tiny] cannot be deleted while TerminationProtection is enabled',
    });
  });

  test('need not be there', async () => {
    const { remove } = createTestStacks();

    await expect(remove({ StackName: 'nobody' })).resolves.toBeUndefined();
  });
});
