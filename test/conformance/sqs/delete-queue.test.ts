// Rule: a deleted queue is gone with all that is in it, for whoever waits too, and its name is free after 60 seconds.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_DeleteQueue.html

import { describe, expect, test } from 'vitest';
import { createTestQueue, entries } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('a queue that is deleted', () => {
  test('does not exist for any operation', async () => {
    const { call } = createTestQueue();
    await call('DeleteQueue');
    const calls: readonly [string, object][] = [
      ['DeleteQueue', {}],
      ['SendMessage', { MessageBody: 'x' }],
      ['SendMessageBatch', { Entries: entries(1) }],
      ['ReceiveMessage', {}],
      ['DeleteMessage', { ReceiptHandle: 'x' }],
      ['ChangeMessageVisibility', { ReceiptHandle: 'x', VisibilityTimeout: 1 }],
      ['PurgeQueue', {}],
      ['GetQueueAttributes', { AttributeNames: ['All'] }],
      ['SetQueueAttributes', { Attributes: {} }],
      ['ListQueueTags', {}],
      ['ListDeadLetterSourceQueues', {}],
    ];

    for (const [operation, input] of calls) {
      await expect(call(operation, input)).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
    }
  });

  test.each([
    ['by a call', ({ call }: ReturnType<typeof createTestQueue>) => void call('DeleteQueue')],
    [
      'with its stack',
      ({ services, QueueUrl }: ReturnType<typeof createTestQueue>) => services.sqs.removeQueue(QueueUrl),
    ],
  ])('%s ends the wait of its receivers', async (_how, remove) => {
    const queue = createTestQueue();
    const startMs = queue.world.clock.now();
    queue.world.clock.after(5000, () => remove(queue));

    await expect(queue.receive({ WaitTimeSeconds: 20 })).rejects.toMatchObject({
      code: 'QueueDoesNotExist',
      message: 'The specified queue does not exist.',
    });
    expect(Math.round((queue.world.clock.now() - startMs) / 1000)).toBe(5);
  });

  test('leaves its name free after 60 seconds, and nothing else', async () => {
    const { call, callWithoutUrl, send, receive, pass } = createTestQueue();
    await send('old');
    await call('DeleteQueue');

    await pass(50_000);
    await expect(callWithoutUrl('CreateQueue', { QueueName: 'queue' })).rejects.toMatchObject({
      code: 'QueueDeletedRecently',
    });
    await pass(10_000);
    await callWithoutUrl('CreateQueue', { QueueName: 'queue' });

    expect(await receive()).toEqual([]);
  });
});
