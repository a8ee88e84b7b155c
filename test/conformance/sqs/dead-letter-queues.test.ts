// Rule: a message that was received maxReceiveCount times goes to the dead-letter queue instead of to its next receiver.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html

import { describe, expect, test } from 'vitest';
import { arnOf, createTestQueue, type TestMessage, urlOf } from '../../../emulator/sqs/create-test-queue.fixture.ts';

function createQueueWithDeadLetters({ maxReceiveCount = 2, isFifo = false } = {}) {
  const suffix = isFifo ? '.fifo' : '';
  const fifo: Record<string, string> = isFifo ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {};
  const queue = createTestQueue({ name: `dead${suffix}`, attributes: fifo });
  const source = `source${suffix}`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(`dead${suffix}`), maxReceiveCount });
  queue.services.sqs.createQueue({ name: source, attributes: { ...fifo, RedrivePolicy } });
  const atSource = { QueueUrl: urlOf(source) };
  /** Receives, and lets the visibility timeout end. */
  const fail = async (): Promise<readonly TestMessage[]> => {
    const messages = await queue.receive({ ...atSource, VisibilityTimeout: 10 });
    await queue.pass(11_000);
    return messages;
  };
  return { ...queue, atSource, fail };
}

describe('a dead-letter queue', () => {
  test('gets a message instead of the receiver after maxReceiveCount', async () => {
    const { send, fail, receive, atSource } = createQueueWithDeadLetters();
    const { MessageId } = await send('bad', atSource);

    const deliveries = [(await fail()).length, (await fail()).length, (await fail()).length];
    const [dead] = await receive({ AttributeNames: ['All'] });

    expect(deliveries).toEqual([1, 1, 0]);
    expect(dead).toMatchObject({
      MessageId,
      Body: 'bad',
      Attributes: { ApproximateReceiveCount: '3', DeadLetterQueueSourceArn: arnOf('source') },
    });
  });

  test('lets a receiver have what comes after the dead letter', async () => {
    const { send, fail, receiveBodies, atSource } = createQueueWithDeadLetters({ maxReceiveCount: 1, isFifo: true });
    await send('bad', { ...atSource, MessageGroupId: 'a' });
    await fail();
    await send('good', { ...atSource, MessageGroupId: 'a' });

    expect(await receiveBodies(atSource)).toEqual(['good']);
    expect(await receiveBodies()).toEqual(['bad']);
  });

  test('wakes who waits for its messages', async () => {
    const { send, fail, call, receiveBodies, atSource, world } = createQueueWithDeadLetters({ maxReceiveCount: 1 });
    await send('bad', atSource);
    await fail();
    world.clock.after(3000, () => void call('ReceiveMessage', atSource));

    expect(await receiveBodies({ WaitTimeSeconds: 20 })).toEqual(['bad']);
  });

  test.each([
    [false, 0],
    [true, 1],
  ])(
    'counts the age of a message from when it was first sent, but in a FIFO queue (%s) anew',
    async (isFifo, expected) => {
      const { send, fail, call, receive, pass, atSource } = createQueueWithDeadLetters({ maxReceiveCount: 1, isFifo });
      await call('SetQueueAttributes', { Attributes: { MessageRetentionPeriod: '3600' } });
      await send('bad', { ...atSource, ...(isFifo && { MessageGroupId: 'a' }) });
      await fail();
      await pass(3_000_000);
      await fail();

      await pass(1_000_000);

      expect(await receive()).toHaveLength(expected);
    },
  );

  test('that is gone leaves messages where they are', async () => {
    const { send, fail, atSource, services } = createQueueWithDeadLetters({ maxReceiveCount: 1 });
    await send('bad', atSource);
    await fail();

    services.sqs.removeQueue(urlOf('dead'));

    expect(await fail()).toHaveLength(1);
  });

  test('lists the queues that it serves, page by page', async () => {
    const { call, services } = createQueueWithDeadLetters();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
    services.sqs.createQueue({ name: 'another', attributes: { RedrivePolicy } });

    const first = await call('ListDeadLetterSourceQueues', { MaxResults: 1 });
    const second = await call('ListDeadLetterSourceQueues', { MaxResults: 1, NextToken: first.NextToken });

    expect(first).toEqual({ queueUrls: [urlOf('another')], NextToken: expect.any(String) });
    expect(second).toEqual({ queueUrls: [urlOf('source')] });
  });
});

describe('a redrive policy', () => {
  test.each([
    ['that is not JSON', 'no', 'Redrive policy is not a valid JSON map.'],
    ['without a count', '{"deadLetterTargetArn":"x"}', 'does not contain mandatory attribute: maxReceiveCount.'],
    [
      'with an ARN that is none',
      '{"deadLetterTargetArn":"dummy","maxReceiveCount":42}',
      'Invalid value for deadLetterTargetArn.',
    ],
    [
      'with a count of 1001',
      `{"deadLetterTargetArn":"${arnOf('dead')}","maxReceiveCount":1001}`,
      'Invalid value for maxReceiveCount: 1001, valid values are from 1 to 1000 both inclusive.',
    ],
    [
      'with no such queue',
      `{"deadLetterTargetArn":"${arnOf('no')}","maxReceiveCount":1}`,
      'Dead letter target does not exist.',
    ],
    [
      'with a queue of the other kind',
      `{"deadLetterTargetArn":"${arnOf('other.fifo')}","maxReceiveCount":1}`,
      'Dead-letter queue must be same type of queue as the source.',
    ],
  ])('%s is refused', async (_what, RedrivePolicy, reason) => {
    const { call, services, atSource } = createQueueWithDeadLetters();
    services.sqs.createQueue({ name: 'other.fifo', attributes: { FifoQueue: 'true' } });

    await expect(call('SetQueueAttributes', { ...atSource, Attributes: { RedrivePolicy } })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining(reason),
    });
  });

  test('that leads back to its queue is refused by name', async () => {
    const { call } = createQueueWithDeadLetters();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('source'), maxReceiveCount: 1 });

    await expect(call('SetQueueAttributes', { Attributes: { RedrivePolicy } })).rejects.toThrow(
      'a RedrivePolicy that leads back to the queue is not modelled',
    );
  });

  test('that is empty takes the dead-letter queue away', async () => {
    const { send, fail, call, atSource, readAttributes } = createQueueWithDeadLetters({ maxReceiveCount: 1 });
    await send('bad', atSource);

    await call('SetQueueAttributes', { ...atSource, Attributes: { RedrivePolicy: '' } });

    expect([(await fail()).length, (await fail()).length]).toEqual([1, 1]);
    expect(await readAttributes('RedrivePolicy')).toBeUndefined();
  });
});

describe('a redrive allow policy', () => {
  test.each([
    [{ redrivePermission: 'allowAll' }, true],
    [{ redrivePermission: 'denyAll' }, false],
    [{ redrivePermission: 'byQueue', sourceQueueArns: [arnOf('new')] }, true],
    [{ redrivePermission: 'byQueue', sourceQueueArns: [arnOf('source')] }, false],
  ])('%j lets a queue have the dead-letter queue: %s', async (policy, isAllowed) => {
    const { call, services } = createQueueWithDeadLetters();
    await call('SetQueueAttributes', { Attributes: { RedriveAllowPolicy: JSON.stringify(policy) } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 });
    const create = () => services.sqs.createQueue({ name: 'new', attributes: { RedrivePolicy } });

    if (isAllowed) expect(create()).toMatchObject({ queueUrl: urlOf('new') });
    else expect(create).toThrow(/RedrivePolicy is invalid/);
  });

  test.each([{ redrivePermission: 'byQueue' }, { redrivePermission: 'allowAll', sourceQueueArns: [arnOf('a')] }])(
    '%j is refused',
    async (policy) => {
      const { call } = createTestQueue();
      const Attributes = { RedriveAllowPolicy: JSON.stringify(policy) };

      await expect(call('SetQueueAttributes', { Attributes })).rejects.toMatchObject({
        code: 'InvalidParameterValueException',
      });
    },
  );
});
