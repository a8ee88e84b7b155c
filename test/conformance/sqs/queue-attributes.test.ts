// Rule: a queue shows its attributes under AWS's names and defaults, and takes those that can be set within their ranges.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html

import { describe, expect, test } from 'vitest';
import { createTestFifoQueue, createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const START_SECONDS = String(Date.UTC(2026, 0, 1) / 1000);
const DEFAULTS = {
  ApproximateNumberOfMessages: '0',
  ApproximateNumberOfMessagesDelayed: '0',
  ApproximateNumberOfMessagesNotVisible: '0',
  CreatedTimestamp: START_SECONDS,
  DelaySeconds: '0',
  LastModifiedTimestamp: START_SECONDS,
  MaximumMessageSize: '1048576',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  SqsManagedSseEnabled: 'true',
  VisibilityTimeout: '30',
};

describe('getQueueAttributes', () => {
  test('shows what a standard queue has', async () => {
    expect(await createTestQueue().readAttributes('All')).toEqual({
      ...DEFAULTS,
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:queue',
    });
  });

  test('shows what a FIFO queue has besides', async () => {
    expect(await createTestFifoQueue().readAttributes('All')).toEqual({
      ...DEFAULTS,
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:queue.fifo',
      FifoQueue: 'true',
      ContentBasedDeduplication: 'true',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    });
  });

  test('shows those that are asked for and set', async () => {
    const { call, readAttributes } = createTestQueue();

    expect(await readAttributes('DelaySeconds', 'Policy', 'RedrivePolicy')).toEqual({ DelaySeconds: '0' });
    expect(await call('GetQueueAttributes')).toEqual({});
  });

  test.each(['Colour', 'constructor', 'FifoQueue'])('refuses %s of a standard queue', async (name) => {
    await expect(createTestQueue().readAttributes(name)).rejects.toMatchObject({
      code: 'InvalidAttributeName',
      message: `Unknown Attribute ${name}.`,
    });
  });
});

describe('setQueueAttributes', () => {
  test('changes what it names, and when the queue was last modified', async () => {
    const { call, readAttributes, pass } = createTestQueue();
    await pass(10_000);

    await call('SetQueueAttributes', { Attributes: { VisibilityTimeout: '69', MaximumMessageSize: '2048' } });

    expect(
      await readAttributes('VisibilityTimeout', 'MaximumMessageSize', 'DelaySeconds', 'LastModifiedTimestamp'),
    ).toEqual({
      VisibilityTimeout: '69',
      MaximumMessageSize: '2048',
      DelaySeconds: '0',
      LastModifiedTimestamp: String(Number(START_SECONDS) + 10),
    });
  });

  test.each([
    ['DelaySeconds', 0, 900],
    ['MaximumMessageSize', 1024, 1_048_576],
    ['MessageRetentionPeriod', 60, 1_209_600],
    ['ReceiveMessageWaitTimeSeconds', 0, 20],
    ['VisibilityTimeout', 0, 43_200],
  ])('takes %s from %i to %i', async (name, min, max) => {
    const { call } = createTestQueue();
    const set = (value: number | string) => call('SetQueueAttributes', { Attributes: { [name]: String(value) } });

    for (const value of [min, max]) await expect(set(value)).resolves.toEqual({});
    for (const value of [min - 1, max + 1, 'x', '']) {
      await expect(set(value)).rejects.toMatchObject({
        code: 'InvalidAttributeValue',
        message: `Invalid value for the parameter ${name}.`,
      });
    }
  });

  test.each([
    [{ FifoThroughputLimit: 'perMessageGroupId' }, 'InvalidAttributeValue'],
    [{ FifoThroughputLimit: 'perMessageGroupId', DeduplicationScope: 'messageGroup' }, undefined],
    [{ DeduplicationScope: 'account' }, 'InvalidAttributeValue'],
    [{ FifoQueue: 'false' }, 'InvalidAttributeValue'],
    [{ Colour: 'red' }, 'InvalidAttributeName'],
    [{ constructor: '1' }, 'InvalidAttributeName'],
  ])('of a FIFO queue takes %j as AWS does', async (Attributes, code) => {
    const call = createTestFifoQueue().call('SetQueueAttributes', { Attributes });

    await (code ? expect(call).rejects.toMatchObject({ code }) : expect(call).resolves.toEqual({}));
  });

  test.each(['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'Policy'])('refuses %s by name', async (name) => {
    const call = createTestQueue().call('SetQueueAttributes', { Attributes: { [name]: '1' } });

    await expect(call).rejects.toThrow(`queue attribute ${name} is not modelled`);
  });
});
