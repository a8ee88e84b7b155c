// Rule: a message is deleted once the queue's retention period has passed since it was sent, four days unless the queue says otherwise.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html

import { describe, expect, test } from 'vitest';
import { createTestFifoQueue, createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const DAY_MS = 86_400_000;

describe('the retention period', () => {
  test.each([
    ['keeps a message for four days', {}, 4 * DAY_MS - 1000, '1'],
    ['deletes it then', {}, 4 * DAY_MS + 1000, '0'],
    ['is the queue’s', { MessageRetentionPeriod: '60' }, 61_000, '0'],
  ])('%s', async (_claim, attributes, waitMs, count) => {
    const { send, receive, readAttributes, pass } = createTestQueue({ attributes });
    await send('x');

    await pass(waitMs);

    expect(await readAttributes('ApproximateNumberOfMessages')).toEqual({ ApproximateNumberOfMessages: count });
    expect(await receive()).toHaveLength(Number(count));
  });

  test('ends for a message in flight too, which sets its group free', async () => {
    const { sendTo, receive, receiveBodies, readAttributes, pass, world } = createTestFifoQueue({
      MessageRetentionPeriod: '60',
    });
    await sendTo('a', 'old');
    await pass(30_000);
    await sendTo('a', 'young');
    await receive({ MaxNumberOfMessages: 1, VisibilityTimeout: 3600 });
    const startMs = world.clock.now();

    expect(await receiveBodies({ WaitTimeSeconds: 20 })).toEqual([]);
    expect(await receiveBodies({ WaitTimeSeconds: 20 })).toEqual(['young']);
    expect(Math.round((world.clock.now() - startMs) / 1000)).toBe(30);
    expect(await readAttributes('ApproximateNumberOfMessagesNotVisible')).toEqual({
      ApproximateNumberOfMessagesNotVisible: '1',
    });
  });
});
