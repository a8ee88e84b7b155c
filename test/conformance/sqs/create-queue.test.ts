// Rule: creating a queue that is there gives its URL, unless an attribute has another value.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import { urlOf } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const create = (QueueName: string, Attributes = {}) =>
  createTestAccount().call('sqs', 'CreateQueue', { QueueName, Attributes });

describe('createQueue', () => {
  test('gives the URL of a queue that is there with the same values', async () => {
    const { call } = createTestAccount();
    const Attributes = { DelaySeconds: '5', RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' };

    const first = await call('sqs', 'CreateQueue', { QueueName: 'q', Attributes });
    const second = await call('sqs', 'CreateQueue', { QueueName: 'q', Attributes });
    const third = await call('sqs', 'CreateQueue', { QueueName: 'q' });

    expect([first, second, third]).toEqual(Array(3).fill({ QueueUrl: urlOf('q') }));
  });

  test('refuses another value of an attribute', async () => {
    const { call } = createTestAccount();
    await call('sqs', 'CreateQueue', { QueueName: 'q' });

    const again = call('sqs', 'CreateQueue', { QueueName: 'q', Attributes: { DelaySeconds: '5' } });

    await expect(again).rejects.toMatchObject({
      code: 'QueueNameExists',
      message: 'A queue already exists with the same name and a different value for attribute DelaySeconds',
    });
  });

  const FIFO = { FifoQueue: 'true' };
  test.each([
    ['a', {}, undefined],
    ['x'.repeat(80), {}, undefined],
    ['x'.repeat(81), {}, 'InvalidParameterValueException'],
    ['', {}, 'InvalidParameterValueException'],
    ['a.b', {}, 'InvalidParameterValueException'],
    ['a.fifo', {}, 'InvalidParameterValueException'],
    ['a.fifo', FIFO, undefined],
    ['a', FIFO, 'InvalidParameterValueException'],
    [`${'x'.repeat(76)}.fifo`, FIFO, 'InvalidParameterValueException'],
    ['a', { FifoQueue: 'false' }, 'InvalidAttributeName'],
    ['a', { ContentBasedDeduplication: 'true' }, 'InvalidAttributeName'],
  ])('answers the name %s with %j as AWS does', async (name, attributes, code) => {
    const call = create(name, attributes);

    await (code
      ? expect(call).rejects.toMatchObject({ code })
      : expect(call).resolves.toEqual({ QueueUrl: urlOf(name) }));
  });
});

describe('getQueueUrl', () => {
  test('finds queues of either kind, also by the account', async () => {
    const { call } = createTestAccount();
    await call('sqs', 'CreateQueue', { QueueName: 'q.fifo', Attributes: { FifoQueue: 'true' } });
    const ask = (input: object) => call('sqs', 'GetQueueUrl', input);

    expect(await ask({ QueueName: 'q.fifo', QueueOwnerAWSAccountId: '000000000000' })).toEqual({
      QueueUrl: urlOf('q.fifo'),
    });
    for (const other of [{ QueueName: 'other' }, { QueueName: 'q.fifo', QueueOwnerAWSAccountId: '111111111111' }]) {
      await expect(ask(other)).rejects.toMatchObject({
        code: 'QueueDoesNotExist',
        message: 'The specified queue does not exist.',
      });
    }
  });
});
