import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestQueue, entries } from './create-test-queue.fixture.ts';

describe('sendMessage', () => {
  test('answers with the MD5 of the body', async () => {
    expect(await createTestQueue().send('hellö')).toEqual({
      MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      MD5OfMessageBody: createHash('md5').update('hellö').digest('hex'),
    });
  });

  test.each([
    ['of 1 MiB', 'x'.repeat(1_048_576), undefined],
    ['with an emoji', '🙂', undefined],
    ['of 1 MiB and a byte', 'x'.repeat(1_048_577), 'InvalidParameterValueException'],
    ['that is empty', '', 'MissingRequiredParameterException'],
    ['with a control character', 'a\u0007', 'InvalidMessageContents'],
    ['with half an emoji', 'a\uD83D', 'InvalidMessageContents'],
  ])('answers a body %s as AWS does', async (_what, body, code) => {
    const call = createTestQueue().send(body);

    await (code ? expect(call).rejects.toMatchObject({ code }) : expect(call).resolves.toBeDefined());
  });

  test('refuses by name what is not modelled', async () => {
    const call = createTestQueue().call('SendMessage', { MessageBody: 'x', MessageGroupId: 'a' });

    await expect(call).rejects.toThrow('MessageGroupId in a standard queue (fair queues) is not modelled');
  });
});

describe('sendMessageBatch', () => {
  test.each([
    ['no entry', [], 'EmptyBatchRequest'],
    ['eleven entries', entries(11), 'TooManyEntriesInBatchRequest'],
    ['an id twice', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinct'],
    ['an id with a space', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    ['more than 1 MiB', [{ Id: 'a', MessageBody: 'x'.repeat(1_048_577) }], 'BatchRequestTooLong'],
  ])('refuses %s', async (_what, Entries, code) => {
    await expect(createTestQueue().call('SendMessageBatch', { Entries })).rejects.toMatchObject({ code });
  });

  test('takes ten entries of 1 MiB in all', async () => {
    const Entries = entries(10).map((entry) => ({ ...entry, MessageBody: 'x'.repeat(104_857) }));

    const answer = await createTestQueue().call('SendMessageBatch', { Entries });

    expect(answer.Successful).toHaveLength(10);
    expect(answer).not.toHaveProperty('Failed');
  });

  test('refuses a bad entry alone', async () => {
    const queue = createTestQueue();

    const answer = await queue.call('SendMessageBatch', { Entries: [...entries(1), { Id: 'bad', MessageBody: '\0' }] });

    expect(answer).toMatchObject({
      Successful: [{ Id: 'm0' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents' }],
    });
    expect(await queue.receive()).toHaveLength(1);
  });
});
