// Rule: a queue has up to 50 tags, each key once.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-queue-tags.html

import { describe, expect, test } from 'vitest';
import { createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

describe('tags', () => {
  test('are added, overwritten and taken away', async () => {
    const { call } = createTestQueue();
    const none = await call('ListQueueTags');

    await call('TagQueue', { Tags: { a: '1', b: '2' } });
    await call('TagQueue', { Tags: { b: '3' } });
    await call('UntagQueue', { TagKeys: ['a', 'other'] });

    expect(none).toEqual({});
    expect(await call('ListQueueTags')).toEqual({ Tags: { b: '3' } });
  });

  test.each([
    ['50', 50, undefined],
    ['51', 51, 'InvalidParameterValueException'],
  ])('%s are answered as on AWS', async (_what, count, code) => {
    const Tags = Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
    const call = createTestQueue().call('TagQueue', { Tags });

    await (code ? expect(call).rejects.toMatchObject({ code }) : expect(call).resolves.toEqual({}));
  });

  test('come with the queue', async () => {
    const { services, call, QueueUrl } = createTestQueue();
    services.sqs.createQueue({ name: 'other', tags: { a: '1' } });

    expect(await call('ListQueueTags', { QueueUrl: QueueUrl.replace(/queue$/, 'other') })).toEqual({
      Tags: { a: '1' },
    });
  });
});
