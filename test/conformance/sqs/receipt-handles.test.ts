// Rule: a message is deleted by the handle of its latest receipt; an older one leaves it, one of another queue is refused.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteMessage.html

import { describe, expect, test } from 'vitest';
import { createTestQueue, urlOf } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('a receipt handle', () => {
  test('deletes a message that is visible again, but not one that was received again since', async () => {
    const { send, receive, deleteMessage, readAttributes, pass } = createTestQueue();
    await send('a');
    const [first] = await receive();
    await pass(31_000);
    const [second] = await receive();

    await deleteMessage(first);
    await pass(31_000);
    const counts = await readAttributes('ApproximateNumberOfMessages');
    await deleteMessage(second);

    expect(counts).toEqual({ ApproximateNumberOfMessages: '1' });
    expect(await receive()).toEqual([]);
  });

  test('deletes twice without an error', async () => {
    const { send, receive, deleteMessage } = createTestQueue();
    await send('a');
    const [message] = await receive();

    await deleteMessage(message);

    await expect(deleteMessage(message)).resolves.toEqual({});
  });

  test('that is none is refused, and in a batch that entry alone', async () => {
    const { send, receive, call } = createTestQueue();
    await send('a');
    const [message] = await receive();

    await expect(call('DeleteMessage', { ReceiptHandle: 'nonsense' })).rejects.toMatchObject({
      code: 'ReceiptHandleIsInvalid',
      message: 'The input receipt handle "nonsense" is not a valid receipt handle.',
    });
    const Entries = [
      { Id: 'good', ReceiptHandle: message?.ReceiptHandle },
      { Id: 'bad', ReceiptHandle: 'nonsense' },
    ];
    expect(await call('DeleteMessageBatch', { Entries })).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }],
    });
  });

  test('of another queue is refused', async () => {
    const { send, receive, call, services } = createTestQueue();
    services.sqs.createQueue({ name: 'other' });
    await send('a');
    const [message] = await receive();

    const deletion = call('DeleteMessage', { QueueUrl: urlOf('other'), ReceiptHandle: message?.ReceiptHandle });

    await expect(deletion).rejects.toMatchObject({ code: 'ReceiptHandleIsInvalid' });
  });
});
