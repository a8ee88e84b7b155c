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
    const { send, receive, call, pass } = createTestQueue();
    await send('a');
    const [message] = await receive();

    await call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
    await pass(VISIBILITY_TIMEOUT_MS + 1000);

    expect(await receive()).toEqual([]);
  });
});
