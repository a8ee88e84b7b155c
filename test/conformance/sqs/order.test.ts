// Rule: a standard queue delivers in any order; the emulated one in the order in which messages became visible.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/standard-queues.html

import { expect, test } from 'vitest';
import { createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

test('a standard queue delivers in the order in which messages became visible', async () => {
  const { send, receive, receiveBodies, pass } = createTestQueue();
  for (const body of ['1', '2', '3']) await send(body);
  await receive({ MaxNumberOfMessages: 1 });
  await pass(31_000);
  await send('4');

  expect(await receiveBodies()).toEqual(['2', '3', '1', '4']);
});

test('a standard queue refuses fair queues’ groups by name, and deduplication as AWS does', async () => {
  const { send } = createTestQueue();

  await expect(send('x', { MessageGroupId: 'a' })).rejects.toThrow('MessageGroupId in a standard queue (fair queues)');
  await expect(send('x', { MessageDeduplicationId: 'a' })).rejects.toMatchObject({
    code: 'InvalidParameterValueException',
    message:
      'Value a for parameter MessageDeduplicationId is invalid. Reason: The request include parameter that is not valid for this queue type.',
  });
});
