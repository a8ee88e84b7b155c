// Rule: a delayed message cannot be received until its delay ends; a message's own delay outweighs the queue's.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-delay-queues.html

import { describe, expect, test } from 'vitest';
import { createTestFifoQueue, createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('a delay', () => {
  test.each([
    ['hides a message until it ends', 899_000, 0],
    ['shows it then', 901_000, 1],
  ])('%s', async (_claim, waitMs, expectedCount) => {
    const { send, receive, pass } = createTestQueue();
    await send('x', { DelaySeconds: 900 });

    await pass(waitMs);

    expect(await receive()).toHaveLength(expectedCount);
  });

  test('of the queue holds for messages without one of their own', async () => {
    const { send, receiveBodies, pass } = createTestQueue({ attributes: { DelaySeconds: '60' } });
    await send('queue’s');
    await send('own', { DelaySeconds: 0 });

    expect(await receiveBodies()).toEqual(['own']);
    await pass(61_000);
    expect(await receiveBodies()).toContain('queue’s');
  });

  test('wakes a receiver that waits when it ends, and is counted until then', async () => {
    const { send, receiveBodies, readAttributes, world } = createTestQueue();
    await send('x', { DelaySeconds: 5 });
    const startMs = world.clock.now();

    expect(await readAttributes('ApproximateNumberOfMessagesDelayed', 'ApproximateNumberOfMessages')).toEqual({
      ApproximateNumberOfMessagesDelayed: '1',
      ApproximateNumberOfMessages: '0',
    });
    expect(await receiveBodies({ WaitTimeSeconds: 20 })).toEqual(['x']);
    expect(Math.round((world.clock.now() - startMs) / 1000)).toBe(5);
  });

  test.each([
    ['a FIFO queue', createTestFifoQueue, 10_000, 1],
    ['a standard queue', createTestQueue, 10_000, 0],
  ])('that is changed, in %s', async (_kind, create, waitMs, expectedCount) => {
    const { send, call, receive, pass } = create();
    const isFifo = create === createTestFifoQueue;
    await call('SetQueueAttributes', { Attributes: { DelaySeconds: '60' } });
    await send('x', isFifo ? { MessageGroupId: 'a' } : {});

    await call('SetQueueAttributes', { Attributes: { DelaySeconds: '5' } });
    await pass(waitMs);

    expect(await receive()).toHaveLength(expectedCount);
  });

  test.each([-1, 901])('of %i seconds is refused', async (DelaySeconds) => {
    await expect(createTestQueue().send('x', { DelaySeconds })).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: `Value ${DelaySeconds} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`,
    });
  });
});
