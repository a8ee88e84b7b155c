// Rule: a receive waits as long as it or its queue says, up to 20 seconds, and answers as soon as there is a message.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html

import { describe, expect, test } from 'vitest';
import { createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('a long poll', () => {
  test('waits as long as it was told to, and no longer than for a message', async () => {
    const { world, receive, receiveBodies, QueueUrl } = createTestQueue();
    const { clock } = world;
    const startMs = clock.now();

    const none = await receive({ WaitTimeSeconds: 20 });
    const waitedMs = clock.now() - startMs;
    const input = { QueueUrl, MessageBody: 'late' };
    clock.after(3000, () => {
      void world.gateway.call({ service: 'sqs', operation: 'SendMessage', input, caller: { kind: 'root' } });
    });
    const some = await receiveBodies({ WaitTimeSeconds: 20 });

    expect(none).toEqual([]);
    expect(Math.floor(waitedMs / 1000)).toBe(20);
    expect(some).toEqual(['late']);
    expect(clock.now() - startMs - waitedMs).toBeLessThan(4000);
  });

  test.each([
    ['as long as the queue says', {}, 7],
    ['not at all when it says 0', { WaitTimeSeconds: 0 }, 0],
  ])('waits %s', async (_what, input, seconds) => {
    const { world, receive } = createTestQueue({ attributes: { ReceiveMessageWaitTimeSeconds: '7' } });
    const startMs = world.clock.now();

    await receive(input);

    expect(Math.floor((world.clock.now() - startMs) / 1000)).toBe(seconds);
  });
});

describe('receiveMessage', () => {
  test.each([
    ['MaxNumberOfMessages', 0, false],
    ['MaxNumberOfMessages', 1, true],
    ['MaxNumberOfMessages', 10, true],
    ['MaxNumberOfMessages', 11, false],
    ['WaitTimeSeconds', -1, false],
    ['WaitTimeSeconds', 20, true],
    ['WaitTimeSeconds', 21, false],
    ['VisibilityTimeout', -1, false],
    ['VisibilityTimeout', 43_200, true],
    ['VisibilityTimeout', 43_201, false],
  ])('with %s %i is taken: %s', async (parameter, value, isTaken) => {
    const call = createTestQueue().call('ReceiveMessage', { [parameter]: value });

    await (isTaken
      ? expect(call).resolves.toEqual({})
      : expect(call).rejects.toMatchObject({
          code: 'InvalidParameterValueException',
          message: expect.stringContaining(`Value ${value} for parameter ${parameter} is invalid.`),
        }));
  });
});
