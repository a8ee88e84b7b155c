// Rule: CloudWatch counts messages sent, received and deleted, and receives that brought none.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html

import { expect, test } from 'vitest';
import { createTestQueue, entries } from '../../../emulator/sqs/create-test-queue.fixture.ts';

test('CloudWatch counts messages, and receives that brought none', async () => {
  const { call, receive, deleteMessage, pass, sumMetric } = createTestQueue();
  await call('SendMessageBatch', { Entries: entries(3) });
  const [message] = await receive();
  await receive();
  await deleteMessage(message);

  await pass(600_000);

  expect(sumMetric('NumberOfMessagesSent')).toBe(3);
  expect(sumMetric('NumberOfMessagesReceived')).toBe(3);
  expect(sumMetric('NumberOfEmptyReceives')).toBe(1);
  expect(sumMetric('NumberOfMessagesDeleted')).toBe(1);
});
