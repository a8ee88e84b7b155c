// Rule: a queue says how many of its messages are visible, in flight and delayed; the emulated one says it exactly.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html

import { expect, test } from 'vitest';
import { createTestQueue, entries } from '../../../emulator/sqs/create-test-queue.fixture.ts';

test('a queue counts what is visible, in flight and delayed', async () => {
  const { call, send, receive, readAttributes } = createTestQueue();
  await call('SendMessageBatch', { Entries: entries(3) });
  await receive({ MaxNumberOfMessages: 1 });
  await send('x', { DelaySeconds: 60 });

  expect(await readAttributes('All')).toMatchObject({
    ApproximateNumberOfMessages: '2',
    ApproximateNumberOfMessagesNotVisible: '1',
    ApproximateNumberOfMessagesDelayed: '1',
  });
});
