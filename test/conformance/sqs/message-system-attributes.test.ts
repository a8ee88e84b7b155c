// Rule: a receiver gets the system attributes that it names, by either name of the parameter; a sender can set AWSTraceHeader, which
//   does not count for the size.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html

import { describe, expect, test } from 'vitest';
import { START_MS } from '../../../emulator/create-test-account.fixture.ts';
import { createTestFifoQueue, createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const TRACE = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const traced = { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: TRACE } } };

describe('system attributes', () => {
  test('tell who sent a message and when, not who receives it', async () => {
    const { world, receive, QueueUrl } = createTestQueue();
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

  test('are those that either parameter names', async () => {
    const { send, receive } = createTestQueue();
    await send('x', traced);

    const [first] = await receive({ AttributeNames: ['ApproximateReceiveCount'], VisibilityTimeout: 0 });
    const [second] = await receive({ MessageSystemAttributeNames: ['AWSTraceHeader', 'SequenceNumber'] });

    expect(first?.Attributes).toEqual({ ApproximateReceiveCount: '1' });
    expect(second?.Attributes).toEqual({ AWSTraceHeader: TRACE });
  });

  test('of a FIFO queue name group, duplicate and place', async () => {
    const { sendTo, receive } = createTestFifoQueue();
    await sendTo('group', 'x', { MessageDeduplicationId: 'id' });

    const [message] = await receive({ AttributeNames: ['All'] });

    expect(message?.Attributes).toMatchObject({
      MessageGroupId: 'group',
      MessageDeduplicationId: 'id',
      SequenceNumber: expect.any(String),
    });
  });

  test('do not count for the size', async () => {
    const sent = createTestQueue().send('x'.repeat(1_048_576), traced);

    await expect(sent).resolves.toMatchObject({
      MD5OfMessageSystemAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test('that do not exist are refused', async () => {
    const { send, receive } = createTestQueue();
    const other = { MessageSystemAttributes: { Colour: { DataType: 'String', StringValue: 'red' } } };

    await expect(receive({ MessageSystemAttributeNames: ['Colour'] })).rejects.toMatchObject({
      code: 'InvalidAttributeName',
      message: 'Unknown Attribute Colour.',
    });
    await expect(send('x', other)).rejects.toMatchObject({ code: 'InvalidParameterValueException' });
  });
});
