// Rule: a FIFO queue hands out the messages of a group in the order of sending, and none of a group of which one is in flight.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html

import { describe, expect, test } from 'vitest';
import { createTestFifoQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('a FIFO queue', () => {
  test('keeps the order of sending in a group', async () => {
    const { sendTo, receiveBodies } = createTestFifoQueue();
    for (const body of ['1', '2', '3', '4']) await sendTo('a', body);

    expect(await receiveBodies()).toEqual(['1', '2', '3', '4']);
  });

  test('gives as many messages of one group as it can before it turns to the next', async () => {
    const { sendTo, receiveBodies } = createTestFifoQueue();
    for (const body of ['1', '2', '3']) {
      await sendTo('a', `a${body}`);
      await sendTo('b', `b${body}`);
    }

    expect(await receiveBodies({ MaxNumberOfMessages: 4 })).toEqual(['a1', 'a2', 'a3', 'b1']);
  });

  test('gives nothing of a group while one of its messages is in flight, and goes on with others', async () => {
    const { sendTo, receive, receiveBodies, deleteMessage } = createTestFifoQueue();
    for (const body of ['1', '2', '3']) await sendTo('a', body);
    const [first, second] = await receive({ MaxNumberOfMessages: 2 });
    await sendTo('b', 'other');

    expect(await receiveBodies()).toEqual(['other']);
    await deleteMessage(first);
    expect(await receiveBodies()).toEqual([]);
    await deleteMessage(second);
    expect(await receiveBodies()).toEqual(['3']);
  });

  test('puts what comes back in its old place', async () => {
    const { sendTo, receive, receiveBodies, deleteMessage, pass } = createTestFifoQueue();
    for (const body of ['1', '2', '3', '4']) await sendTo('a', body);
    const [, second] = await receive({ MaxNumberOfMessages: 3 });
    await deleteMessage(second);

    await pass(31_000);

    expect(await receiveBodies()).toEqual(['1', '3', '4']);
  });

  test('wakes a receiver that waits when a group becomes free', async () => {
    const { sendTo, receive, receiveBodies, world } = createTestFifoQueue();
    await sendTo('a', '1');
    await receive({ VisibilityTimeout: 5 });
    const startMs = world.clock.now();

    expect(await receiveBodies({ WaitTimeSeconds: 20 })).toEqual(['1']);
    expect(Math.round((world.clock.now() - startMs) / 1000)).toBe(5);
  });

  test('numbers messages in the order of sending, with 20 digits', async () => {
    const { sendTo, receive } = createTestFifoQueue();
    const sent = [await sendTo('a', '1'), await sendTo('b', '2'), await sendTo('a', '3')];

    const received = await receive({ MessageSystemAttributeNames: ['SequenceNumber', 'MessageGroupId'] });

    const numbers = sent.map(({ SequenceNumber }) => String(SequenceNumber));
    expect(numbers).toEqual(numbers.toSorted());
    expect(new Set(numbers).size).toBe(3);
    for (const number of numbers) expect(number).toMatch(/^\d{20}$/);
    expect(received.map(({ Attributes }) => Attributes)).toEqual([
      { SequenceNumber: numbers[0], MessageGroupId: 'a' },
      { SequenceNumber: numbers[2], MessageGroupId: 'a' },
      { SequenceNumber: numbers[1], MessageGroupId: 'b' },
    ]);
  });

  test('refuses to delete a message whose visibility timeout has ended', async () => {
    const { sendTo, receive, deleteMessage, pass } = createTestFifoQueue();
    await sendTo('a', '1');
    const [message] = await receive();
    await pass(31_000);

    await expect(deleteMessage(message)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('Reason: The receipt handle has expired.'),
    });
  });

  test.each([
    ['no group', {}, 'MissingRequiredParameterException', 'The request must contain the parameter MessageGroupId.'],
    [
      'a group with a space',
      { MessageGroupId: 'a b' },
      'InvalidParameterValueException',
      'for parameter MessageGroupId',
    ],
    [
      'a delay of its own',
      { MessageGroupId: 'a', DelaySeconds: 5 },
      'InvalidParameterValueException',
      'Value 5 for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.',
    ],
  ])('refuses a message with %s', async (_what, input, code, message) => {
    await expect(createTestFifoQueue().send('x', input)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });
});
