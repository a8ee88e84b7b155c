// Rule: a receive from a FIFO queue that is repeated with its ReceiveRequestAttemptId brings the same messages, and hides them
//   anew, unless they were changed, deleted or visible meanwhile.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-receiverequestattemptid-request-parameter.html

import { describe, expect, test } from 'vitest';
import { createTestFifoQueue, createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const again = { ReceiveRequestAttemptId: 'attempt', MaxNumberOfMessages: 1 };

describe('a receive that is repeated', () => {
  test('brings the same message, and hides it anew', async () => {
    const { sendTo, receiveBodies, pass } = createTestFifoQueue();
    await sendTo('a', 'one');
    await sendTo('b', 'two');

    const first = await receiveBodies(again);
    await pass(20_000);
    const second = await receiveBodies(again);
    await pass(20_000);

    expect([first, second]).toEqual([['one'], ['one']]);
    expect(await receiveBodies()).toEqual(['two']);
  });

  test('brings another message when the first was deleted', async () => {
    const { sendTo, receive, receiveBodies, deleteMessage } = createTestFifoQueue();
    await sendTo('a', 'one');
    await sendTo('b', 'two');
    const [message] = await receive(again);
    await deleteMessage(message);

    expect(await receiveBodies(again)).toEqual(['two']);
  });

  test('is refused by a standard queue', async () => {
    await expect(createTestQueue().receive(again)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('The request include parameter that is not valid for this queue type.'),
    });
  });
});
