// Rule: a received message is hidden from other receives until its visibility timeout ends or it is deleted.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html

import { describe, expect, test } from 'vitest';
import { createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const VISIBILITY_TIMEOUT_MS = 30_000;

describe('a received message', () => {
  test.each([
    ['is hidden just before its visibility timeout ends', VISIBILITY_TIMEOUT_MS - 1000, 0],
    ['is there again once its visibility timeout has ended', VISIBILITY_TIMEOUT_MS + 1000, 1],
  ])('%s', async (_claim, waitMs, expectedCount) => {
    const { send, receive, pass } = createTestQueue();
    await send('a');
    await receive();

    await pass(waitMs);

    expect(await receive()).toHaveLength(expectedCount);
  });

  test('does not come back once it was deleted', async () => {
    const { send, receive, deleteMessage, pass } = createTestQueue();
    await send('a');
    const [message] = await receive();

    await deleteMessage(message);
    await pass(VISIBILITY_TIMEOUT_MS + 1000);

    expect(await receive()).toEqual([]);
  });

  test('is hidden as long as the receive says, and counts how often it was received', async () => {
    const { send, receive, pass } = createTestQueue({ attributes: { VisibilityTimeout: '600' } });
    await send('a');
    const named = { AttributeNames: ['ApproximateReceiveCount'], VisibilityTimeout: 5 };

    const [first] = await receive(named);
    await pass(6000);
    const [second] = await receive(named);

    expect(first?.Attributes).toEqual({ ApproximateReceiveCount: '1' });
    expect(second?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });
});

describe('changeMessageVisibility', () => {
  async function receiveOne() {
    const queue = createTestQueue();
    await queue.send('a');
    const [message] = await queue.receive();
    const ReceiptHandle = message?.ReceiptHandle;
    const change = (VisibilityTimeout: number) =>
      queue.call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout });
    return { ...queue, message, change };
  }

  test('counts the timeout anew from the call', async () => {
    const queue = await receiveOne();
    await queue.pass(20_000);

    await queue.change(60);
    await queue.pass(59_000);
    const hidden = await queue.receive();
    await queue.pass(1000);

    expect(hidden).toEqual([]);
    expect(await queue.receive()).toHaveLength(1);
  });

  test('with 0 shows the message at once', async () => {
    const queue = await receiveOne();

    await queue.change(0);

    expect(await queue.receive()).toHaveLength(1);
  });

  test('refuses a message that is visible, one that is gone, and more than twelve hours in all', async () => {
    const visible = await receiveOne();
    await visible.pass(31_000);
    const gone = await receiveOne();
    await gone.deleteMessage(gone.message);
    const long = await receiveOne();
    await long.pass(10_000);

    await expect(visible.change(10)).rejects.toMatchObject({ code: 'MessageNotInflight' });
    await expect(gone.change(10)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('Message does not exist or is not available for visibility timeout change.'),
    });
    await expect(long.change(43_195)).rejects.toMatchObject({ message: expect.stringContaining('[43200 seconds]') });
    await expect(long.change(43_201)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  test('in a batch refuses the bad entry alone', async () => {
    const queue = await receiveOne();
    const Entries = [
      { Id: 'good', ReceiptHandle: queue.message?.ReceiptHandle, VisibilityTimeout: 0 },
      { Id: 'bad', ReceiptHandle: 'nonsense', VisibilityTimeout: 0 },
    ];

    const answer = await queue.call('ChangeMessageVisibilityBatch', { Entries });

    expect(answer).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }],
    });
    expect(await queue.receive()).toHaveLength(1);
  });
});
