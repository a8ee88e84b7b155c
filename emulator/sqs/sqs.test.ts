import { describe, expect, test } from 'vitest';
import { START_MS } from '../create-test-account.fixture.ts';
import { createTestQueue, entries, QueueUrl } from './create-test-queue.fixture.ts';

describe('receiveMessage', () => {
  test('hides a message until its visibility timeout ends, and counts how often it was received', async () => {
    const queue = createTestQueue();
    await queue.send('hello');

    const first = await queue.receive({ MessageSystemAttributeNames: ['All'] });
    const hidden = await queue.receive();
    await queue.pass(30_000);
    const second = await queue.receive({ AttributeNames: ['ApproximateReceiveCount'] });

    expect(first[0]).toMatchObject({ Body: 'hello', Attributes: { ApproximateReceiveCount: '1' } });
    expect(hidden).toEqual([]);
    expect(second[0]).toMatchObject({ Body: 'hello', Attributes: { ApproximateReceiveCount: '2' } });
  });

  test('tells who sent a message and when, not who receives it', async () => {
    const { world, receive } = createTestQueue();
    const sent = world.gateway.call({
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl, MessageBody: 'hello' },
      caller: { kind: 'role', roleArn: 'arn:aws:iam::000000000000:role/sender', sessionName: 'session' },
    });
    await world.clock.runUntilSettled(sent);
    const sentMs = Math.floor(world.clock.now());
    await world.clock.runUntil(START_MS + 1000);

    const [message] = await receive({ MessageSystemAttributeNames: ['All'] });
    const receivedMs = Math.floor(world.clock.now());

    expect(message?.Attributes).toEqual({
      ApproximateReceiveCount: '1',
      SentTimestamp: String(sentMs),
      SenderId: expect.stringMatching(/^AROA[0-9A-F]{17}:session$/),
      ApproximateFirstReceiveTimestamp: String(receivedMs),
    });
  });

  test('waits for a message as long as it was told to, and no longer', async () => {
    const queue = createTestQueue();
    const { clock } = queue.world;
    const startMs = clock.now();

    const none = await queue.receive({ WaitTimeSeconds: 20 });
    const waitedMs = clock.now() - startMs;
    const input = { QueueUrl, MessageBody: 'late' };
    clock.after(3000, () => {
      void queue.world.gateway.call({ service: 'sqs', operation: 'SendMessage', input, caller: { kind: 'root' } });
    });
    const some = await queue.receive({ WaitTimeSeconds: 20 });

    expect(none).toEqual([]);
    expect(Math.floor(waitedMs / 1000)).toBe(20);
    expect(some[0]?.Body).toBe('late');
    expect(clock.now() - startMs - waitedMs).toBeLessThan(4000);
  });

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

  test('refuses an attribute that does not exist', async () => {
    const call = createTestQueue().call('ReceiveMessage', { MessageSystemAttributeNames: ['Colour'] });

    await expect(call).rejects.toMatchObject({ code: 'InvalidAttributeName', message: 'Unknown Attribute Colour.' });
  });
});

describe('deleteMessage', () => {
  test('gives a deleted message to nobody', async () => {
    const queue = createTestQueue();
    await queue.send('gone');
    const [message] = await queue.receive();

    await queue.call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });
    await queue.pass(60_000);

    expect(await queue.receive()).toEqual([]);
  });

  test('deletes a message that is visible again, but not one that was received again since', async () => {
    const queue = createTestQueue();
    await queue.send('a');
    const [first] = await queue.receive();
    await queue.pass(31_000);
    const [second] = await queue.receive();

    await queue.call('DeleteMessage', { ReceiptHandle: first?.ReceiptHandle });
    await queue.pass(31_000);
    const counts = await queue.call('GetQueueAttributes', { AttributeNames: ['ApproximateNumberOfMessages'] });
    await queue.call('DeleteMessage', { ReceiptHandle: second?.ReceiptHandle });

    expect(counts).toEqual({ Attributes: { ApproximateNumberOfMessages: '1' } });
    expect(await queue.receive()).toEqual([]);
  });

  test('refuses a handle that is none, and in a batch that entry alone', async () => {
    const queue = createTestQueue();
    await queue.send('a');
    const [message] = await queue.receive();

    const single = queue.call('DeleteMessage', { ReceiptHandle: 'nonsense' });
    await expect(single).rejects.toMatchObject({
      code: 'ReceiptHandleIsInvalid',
      message: 'The input receipt handle "nonsense" is not a valid receipt handle.',
    });
    const Entries = [
      { Id: 'good', ReceiptHandle: message?.ReceiptHandle },
      { Id: 'bad', ReceiptHandle: 'nonsense' },
    ];
    expect(await queue.call('DeleteMessageBatch', { Entries })).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', SenderFault: true, Code: 'ReceiptHandleIsInvalid' }],
    });
  });

  test('refuses the handle of another queue', async () => {
    const queue = createTestQueue();
    queue.services.sqs.createQueue({ name: 'other', visibilityTimeoutSeconds: 30 });
    await queue.send('a');
    const [message] = await queue.receive();

    const call = queue.call('DeleteMessage', {
      QueueUrl: QueueUrl.replace(/queue$/, 'other'),
      ReceiptHandle: message?.ReceiptHandle,
    });

    await expect(call).rejects.toMatchObject({ code: 'ReceiptHandleIsInvalid' });
  });
});

describe('changeMessageVisibility', () => {
  async function receiveOne() {
    const queue = createTestQueue();
    await queue.send('a');
    const [message] = await queue.receive();
    const ReceiptHandle = message?.ReceiptHandle;
    const change = (VisibilityTimeout: number) =>
      queue.call('ChangeMessageVisibility', { ReceiptHandle, VisibilityTimeout });
    return { ...queue, ReceiptHandle, change };
  }

  test('counts the timeout anew from the call', async () => {
    const queue = await receiveOne();
    await queue.pass(20_000);

    await queue.change(60);
    await queue.pass(59_000);
    const hidden = await queue.receive();
    await queue.pass(1000);

    expect(hidden).toEqual([]);
    expect(await queue.receive()).toHaveLength(1);
  });

  test('with 0 shows the message at once', async () => {
    const queue = await receiveOne();

    await queue.change(0);

    expect(await queue.receive()).toHaveLength(1);
  });

  test('refuses a message that is visible, one that is gone, and more than twelve hours in all', async () => {
    const visible = await receiveOne();
    await visible.pass(31_000);
    const gone = await receiveOne();
    await gone.call('DeleteMessage', { ReceiptHandle: gone.ReceiptHandle });
    const long = await receiveOne();
    await long.pass(10_000);

    await expect(visible.change(10)).rejects.toMatchObject({ code: 'MessageNotInflight' });
    await expect(gone.change(10)).rejects.toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringContaining('Message does not exist or is not available for visibility timeout change.'),
    });
    await expect(long.change(43_195)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
    await expect(long.change(43_201)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });

  test('in a batch refuses the bad entry alone', async () => {
    const queue = await receiveOne();
    const Entries = [
      { Id: 'good', ReceiptHandle: queue.ReceiptHandle, VisibilityTimeout: 0 },
      { Id: 'bad', ReceiptHandle: 'nonsense', VisibilityTimeout: 0 },
    ];

    const answer = await queue.call('ChangeMessageVisibilityBatch', { Entries });

    expect(answer).toMatchObject({
      Successful: [{ Id: 'good' }],
      Failed: [{ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }],
    });
    expect(await queue.receive()).toHaveLength(1);
  });
});

describe('purgeQueue', () => {
  test('removes what is visible and what is in flight, once a minute', async () => {
    const queue = createTestQueue();
    await queue.send('in flight');
    await queue.receive();
    await queue.send('visible');

    await queue.call('PurgeQueue');
    await expect(queue.call('PurgeQueue')).rejects.toMatchObject({
      code: 'PurgeQueueInProgress',
      message: 'Only one PurgeQueue operation on queue is allowed every 60 seconds.',
    });
    await queue.pass(60_000);

    expect(await queue.receive()).toEqual([]);
    await expect(queue.call('PurgeQueue')).resolves.toEqual({});
  });
});

describe('getQueueUrl', () => {
  test('names a queue that does not exist by its error', async () => {
    const { world, call } = createTestQueue();

    await expect(
      world.clock.runUntilSettled(
        world.gateway.call({
          service: 'sqs',
          operation: 'GetQueueUrl',
          input: { QueueName: 'other' },
          caller: { kind: 'root' },
        }),
      ),
    ).rejects.toMatchObject({ code: 'QueueDoesNotExist' });
    await expect(call('GetQueueAttributes', { QueueUrl: `${QueueUrl}x` })).rejects.toMatchObject({
      code: 'QueueDoesNotExist',
    });
  });
});

describe('getQueueAttributes', () => {
  test('counts what is visible and what is in flight', async () => {
    const queue = createTestQueue();
    await queue.call('SendMessageBatch', { Entries: entries(3) });
    await queue.receive({ MaxNumberOfMessages: 1 });

    const { Attributes } = await queue.call('GetQueueAttributes', { AttributeNames: ['All'] });

    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '2',
      ApproximateNumberOfMessagesNotVisible: '1',
      VisibilityTimeout: '30',
      QueueArn: 'arn:aws:sqs:us-east-1:000000000000:queue',
    });
  });

  test('refuses an attribute that does not exist, or not in this kind of queue', async () => {
    const { call } = createTestQueue();

    for (const name of ['Colour', 'FifoQueue']) {
      await expect(call('GetQueueAttributes', { AttributeNames: [name] })).rejects.toMatchObject({
        code: 'InvalidAttributeName',
        message: `Unknown Attribute ${name}.`,
      });
    }
  });
});

describe('what a queue costs and shows', () => {
  test.each([
    ['nothing', 0, 1],
    ['64 KB', 65_536, 1],
    ['64 KB and a byte', 65_537, 2],
    ['1 MiB', 1_048_576, 16],
  ])('a receive that brings %s is billed by the 64 KB', async (_what, bytes, requests) => {
    const queue = createTestQueue();
    if (bytes > 0) await queue.send('x'.repeat(bytes));

    await queue.receive();

    expect(queue.billed.of('ReceiveMessage')).toBe(requests);
    expect(queue.billed.of('SendMessage')).toBe(bytes > 0 ? requests : 0);
  });

  test('bills ten small messages in a batch, and their deletion, as one request each', async () => {
    const queue = createTestQueue();

    await queue.call('SendMessageBatch', { Entries: entries(10) });
    const messages = await queue.receive();
    await queue.call('DeleteMessageBatch', {
      Entries: messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
    });

    expect(queue.billed.total).toBe(3);
    expect(messages).toHaveLength(10);
  });

  test('CloudWatch counts messages, and receives that brought none', async () => {
    const queue = createTestQueue();
    await queue.call('SendMessageBatch', { Entries: entries(3) });
    const [message] = await queue.receive();
    await queue.receive();
    await queue.call('DeleteMessage', { ReceiptHandle: message?.ReceiptHandle });

    await queue.pass(600_000);

    expect(queue.sumMetric('NumberOfMessagesSent')).toBe(3);
    expect(queue.sumMetric('NumberOfMessagesReceived')).toBe(3);
    expect(queue.sumMetric('NumberOfEmptyReceives')).toBe(1);
    expect(queue.sumMetric('NumberOfMessagesDeleted')).toBe(1);
  });
});
