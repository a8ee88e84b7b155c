// Rule: a request is billed, and another for each further 64 KB of payload, in either direction.
// Source: https://aws.amazon.com/sqs/pricing/

import { describe, expect, test } from 'vitest';
import { createTestQueue, entries } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('SQS bills', () => {
  test.each([
    ['nothing', 0, 1],
    ['64 KB', 65_536, 1],
    ['64 KB and a byte', 65_537, 2],
    ['1 MiB', 1_048_576, 16],
  ])('a receive that brings %s by the 64 KB', async (_what, bytes, requests) => {
    const { send, receive, billed } = createTestQueue();
    if (bytes > 0) await send('x'.repeat(bytes));

    await receive();

    expect(billed.of('ReceiveMessage')).toBe(requests);
    expect(billed.of('SendMessage')).toBe(bytes > 0 ? requests : 0);
  });

  test('message attributes with their message', async () => {
    const { send, billed } = createTestQueue();
    const MessageAttributes = { a: { DataType: 'String', StringValue: 'x'.repeat(65_536) } };

    await send('x', { MessageAttributes });

    expect(billed.of('SendMessage')).toBe(2);
  });

  test('ten small messages in a batch, and their deletion, as one request each', async () => {
    const { call, receive, billed } = createTestQueue();

    await call('SendMessageBatch', { Entries: entries(10) });
    const messages = await receive();
    await call('DeleteMessageBatch', {
      Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    });

    expect(billed.total).toBe(3);
    expect(messages).toHaveLength(10);
  });
});
