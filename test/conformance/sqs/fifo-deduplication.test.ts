// Rule: within five minutes a FIFO queue accepts a message with a known deduplication id, and does not deliver it.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html

import { describe, expect, test } from 'vitest';
import { createTestFifoQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('a deduplication id', () => {
  test('answers for a duplicate as for its original, and keeps one message', async () => {
    const { sendTo, receiveBodies } = createTestFifoQueue();

    const first = await sendTo('a', 'one', { MessageDeduplicationId: 'id' });
    const second = await sendTo('b', 'two', { MessageDeduplicationId: 'id' });

    expect(second).toMatchObject({ MessageId: first.MessageId, SequenceNumber: first.SequenceNumber });
    expect(await receiveBodies()).toEqual(['one']);
  });

  test.each([
    ['is known just before five minutes have passed', 299_000, 0],
    ['is forgotten once they have', 300_001, 1],
  ])('%s, although its message was deleted', async (_claim, waitMs, expectedCount) => {
    const { sendTo, receive, deleteMessage, pass } = createTestFifoQueue();
    await sendTo('a', 'one');
    const [message] = await receive();
    await deleteMessage(message);

    await pass(waitMs);
    await sendTo('a', 'one');

    expect(await receive()).toHaveLength(expectedCount);
  });

  test('is the body’s SHA-256 with ContentBasedDeduplication, whatever the attributes are', async () => {
    const { sendTo, receive } = createTestFifoQueue();
    await sendTo('a', 'hello');
    await sendTo('a', 'hello', { MessageAttributes: { n: { DataType: 'String', StringValue: 'v' } } });

    const received = await receive({ AttributeNames: ['MessageDeduplicationId'] });

    expect(received.map(({ Attributes }) => Attributes)).toEqual([
      { MessageDeduplicationId: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824' },
    ]);
  });

  test('counts in each group for itself with DeduplicationScope messageGroup', async () => {
    const { sendTo, receiveBodies } = createTestFifoQueue({ DeduplicationScope: 'messageGroup' });

    for (const group of ['a', 'b', 'a']) await sendTo(group, 'x', { MessageDeduplicationId: 'id' });

    expect(await receiveBodies()).toHaveLength(2);
  });

  test('must be given when the queue does not make it up', async () => {
    const { sendTo } = createTestFifoQueue({ ContentBasedDeduplication: 'false' });

    await expect(sendTo('a', 'x')).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message:
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    });
  });
});
