// Rule: a purge removes what is visible, delayed and in flight, and is refused within 60 seconds of the last.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_PurgeQueue.html

import { expect, test } from 'vitest';
import { createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

test('a purge removes what is visible, delayed and in flight, once a minute', async () => {
  const { send, receive, call, pass } = createTestQueue();
  await send('in flight');
  await receive();
  await send('visible');
  await send('delayed', { DelaySeconds: 30 });

  await call('PurgeQueue');
  await expect(call('PurgeQueue')).rejects.toMatchObject({
    code: 'PurgeQueueInProgress',
    message: 'Only one PurgeQueue operation on queue is allowed every 60 seconds.',
  });
  await pass(60_000);

  expect(await receive()).toEqual([]);
  await expect(call('PurgeQueue')).resolves.toEqual({});
});
