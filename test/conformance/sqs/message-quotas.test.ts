// Rule: a message has 1 byte to 1 MiB of XML characters, or less if its queue says so; a batch has one to ten entries and 1 MiB.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestQueue, entries } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const MIB = 1_048_576;

describe('a message', () => {
  test('is answered with the MD5 of its body', async () => {
    expect(await createTestQueue().send('hellö')).toEqual({
      MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      MD5OfMessageBody: createHash('md5').update('hellö').digest('hex'),
    });
  });

  test.each([
    ['of 1 MiB', 'x'.repeat(MIB), undefined],
    ['with an emoji', '🙂', undefined],
    ['of 1 MiB and a byte', 'x'.repeat(MIB + 1), 'InvalidParameterValueException'],
    ['that is empty', '', 'MissingRequiredParameterException'],
    ['with a control character', 'a\u0007', 'InvalidMessageContents'],
    ['with half an emoji', 'a\uD83D', 'InvalidMessageContents'],
  ])('%s is answered as on AWS', async (_what, body, code) => {
    const call = createTestQueue().send(body);

    await (code ? expect(call).rejects.toMatchObject({ code }) : expect(call).resolves.toBeDefined());
  });

  test('is as large as MaximumMessageSize at most, also in a batch', async () => {
    const { send, call } = createTestQueue({ attributes: { MaximumMessageSize: '1024' } });
    const message = 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.';

    await expect(send('x'.repeat(1024))).resolves.toBeDefined();
    await expect(send('x'.repeat(1025))).rejects.toMatchObject({ message });
    expect(await call('SendMessageBatch', { Entries: [{ Id: 'a', MessageBody: 'x'.repeat(1025) }] })).toEqual({
      Failed: [{ Id: 'a', SenderFault: true, Code: 'InvalidParameterValue', Message: message }],
    });
  });
});

describe('a batch', () => {
  test.each([
    ['no entry', [], 'EmptyBatchRequest'],
    ['eleven entries', entries(11), 'TooManyEntriesInBatchRequest'],
    ['an id twice', [...entries(1), ...entries(1)], 'BatchEntryIdsNotDistinct'],
    ['an id with a space', [{ Id: 'a b', MessageBody: 'x' }], 'InvalidBatchEntryId'],
    ['more than 1 MiB', [{ Id: 'a', MessageBody: 'x'.repeat(MIB + 1) }], 'BatchRequestTooLong'],
  ])('with %s is refused', async (_what, Entries, code) => {
    await expect(createTestQueue().call('SendMessageBatch', { Entries })).rejects.toMatchObject({ code });
  });

  test('of ten entries may have 1 MiB in all', async () => {
    const Entries = entries(10).map((entry) => ({ ...entry, MessageBody: 'x'.repeat(104_857) }));

    const answer = await createTestQueue().call('SendMessageBatch', { Entries });

    expect(answer.Successful).toHaveLength(10);
    expect(answer).not.toHaveProperty('Failed');
  });

  test('loses a bad entry alone', async () => {
    const { call, receive } = createTestQueue();

    const answer = await call('SendMessageBatch', { Entries: [...entries(1), { Id: 'bad', MessageBody: '\0' }] });

    expect(answer).toMatchObject({
      Successful: [{ Id: 'm0' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'InvalidMessageContents' }],
    });
    expect(await receive()).toHaveLength(1);
  });
});
