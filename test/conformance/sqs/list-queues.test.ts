// Rule: queues are listed by the beginning of their names, page by page for a caller that names the size of a page.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListQueues.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import { urlOf } from '../../../emulator/sqs/create-test-queue.fixture.ts';

function createQueues(...names: string[]) {
  const { services, call } = createTestAccount();
  for (const name of names) services.sqs.createQueue({ name });
  return (input: object = {}) => call('sqs', 'ListQueues', input);
}

describe('listQueues', () => {
  test('lists those that begin with the prefix', async () => {
    const list = createQueues('b1', 'a1', 'b2');

    expect(await list()).toEqual({ QueueUrls: ['a1', 'b1', 'b2'].map(urlOf) });
    expect(await list({ QueueNamePrefix: 'b' })).toEqual({ QueueUrls: ['b1', 'b2'].map(urlOf) });
    expect(await list({ QueueNamePrefix: 'c' })).toEqual({});
  });

  test('goes on where the last page ended', async () => {
    const list = createQueues('a', 'b', 'c');

    const first = await list({ MaxResults: 2 });
    const second = await list({ MaxResults: 2, NextToken: first.NextToken });

    expect(first).toEqual({ QueueUrls: ['a', 'b'].map(urlOf), NextToken: expect.any(String) });
    expect(second).toEqual({ QueueUrls: [urlOf('c')] });
  });

  test.each([0, 1001])('refuses pages of %i', async (MaxResults) => {
    await expect(createQueues()({ MaxResults })).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });
});
