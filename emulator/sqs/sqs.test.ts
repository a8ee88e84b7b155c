import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../create-test-account.fixture.ts';

const QueueUrl = 'https://sqs.us-east-1.emulator.invalid/000000000000/queue';

function createQueue() {
  const account = createTestAccount();
  account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 30 });
  const receive = async (input = {}): Promise<Record<string, string>[]> => {
    const { Messages = [] } = await account.call('sqs', 'ReceiveMessage', {
      QueueUrl,
      MaxNumberOfMessages: 10,
      ...input,
    });
    return Messages as Record<string, string>[];
  };
  const send = (MessageBody: string) => account.call('sqs', 'SendMessage', { QueueUrl, MessageBody });
  return { ...account, receive, send };
}

const entries = (count: number) => Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, MessageBody: 'x' }));

describe('receiveMessage', () => {
  test('hides a message until its visibility timeout ends, and counts how often it was received', async () => {
    const queue = createQueue();
    await queue.send('hello');

    const first = await queue.receive({ MessageSystemAttributeNames: ['All'] });
    const hidden = await queue.receive();
    await queue.pass(30_000);
    const second = await queue.receive({ MessageSystemAttributeNames: ['All'] });

    expect(first[0]).toMatchObject({ Body: 'hello', Attributes: { ApproximateReceiveCount: '1' } });
    expect(hidden).toEqual([]);
    expect(second[0]).toMatchObject({ Body: 'hello', Attributes: { ApproximateReceiveCount: '2' } });
  });

  test('waits for a message as long as it was told to, and no longer', async () => {
    const queue = createQueue();
    const { clock } = queue.world;
    const startMs = clock.now();

    const none = await queue.receive({ WaitTimeSeconds: 20 });
    const waitedMs = clock.now() - startMs;
    clock.after(
      3000,
      () =>
        void queue.world.gateway.call({
          service: 'sqs',
          operation: 'SendMessage',
          input: { QueueUrl, MessageBody: 'late' },
          caller: { kind: 'root' },
        }),
    );
    const some = await queue.receive({ WaitTimeSeconds: 20 });

    expect(none).toEqual([]);
    expect(Math.floor(waitedMs / 1000)).toBe(20);
    expect(some[0]?.Body).toBe('late');
    expect(clock.now() - startMs - waitedMs).toBeLessThan(4000);
  });

  test('gives a deleted message to nobody', async () => {
    const queue = createQueue();
    await queue.send('gone');
    const [message] = await queue.receive();

    await queue.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: message?.ReceiptHandle });
    await queue.pass(60_000);

    expect(await queue.receive()).toEqual([]);
  });

  test('costs the same however deep the queue is', async () => {
    const queue = createQueue();
    for (let batch = 0; batch < 500; batch++)
      await queue.call('sqs', 'SendMessageBatch', { QueueUrl, Entries: entries(10) });

    const received = new Set<string | undefined>();
    for (let batch = 0; batch < 500; batch++)
      for (const { MessageId } of await queue.receive()) received.add(MessageId);

    expect(received.size).toBe(5000);
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
    await expect(createQueue().call('sqs', 'SendMessageBatch', { QueueUrl, Entries })).rejects.toMatchObject({ code });
  });

  test('takes ten entries of 1 MiB in all', async () => {
    const body = { MessageBody: 'x'.repeat(104_857) };

    const { Successful } = await createQueue().call('sqs', 'SendMessageBatch', {
      QueueUrl,
      Entries: entries(10).map((entry) => ({ ...entry, ...body })),
    });

    expect(Successful).toHaveLength(10);
  });

  test('refuses by name what is not modelled', async () => {
    const call = createQueue().call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'x', DelaySeconds: 5 });

    await expect(call).rejects.toThrow('SendMessage: parameter DelaySeconds is not modelled by the emulator');
  });
});

test('getQueueUrl names a queue that does not exist by its error', async () => {
  await expect(createQueue().call('sqs', 'GetQueueUrl', { QueueName: 'other' })).rejects.toMatchObject({
    code: 'QueueDoesNotExist',
  });
});
