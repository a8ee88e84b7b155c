// Rule: a batch of a queue leaves when it has its size or 6 MB, or when its window has passed.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html

import { describe, expect, test } from 'vitest';
import {
  createMappedQueue,
  QUEUE_ARN,
  QueueUrl,
  sum,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';

describe('batches of a queue', () => {
  test('of size 1 hand each message over once, and delete it', async () => {
    const queue = createMappedQueue({ batchSize: 1 });

    await queue.send(20);
    await queue.pass(120_000);

    expect(queue.sizes()).toEqual(Array.from({ length: 20 }, () => 1));
    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('have the event that AWS documents', async () => {
    const queue = createMappedQueue({ code: 'exports.handler = async (event) => console.log(JSON.stringify(event));' });

    await queue.send(1, () => 'body');
    await queue.pass(1000);

    const [Record] = JSON.parse(queue.services.lambda.logsOf('tested')[0] ?? '').Records;
    expect(Record).toEqual({
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: 'body',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {},
      md5OfMessageAttributes: null,
      md5OfBody: '841a2d689ad86bd1611447453c22c6fc',
      eventSource: 'aws:sqs',
      eventSourceARN: QUEUE_ARN,
      awsRegion: 'us-east-1',
    });
  });

  test('have the attributes that the sender gave', async () => {
    const queue = createMappedQueue({
      code: 'exports.handler = async (event) => console.log(JSON.stringify(event.Records[0]));',
    });

    await queue.call('sqs', 'SendMessage', {
      QueueUrl,
      MessageBody: 'body',
      MessageAttributes: {
        text: { DataType: 'String', StringValue: 'v' },
        bytes: { DataType: 'Binary', BinaryValue: 'AAE=' },
      },
    });
    await queue.pass(1000);

    expect(JSON.parse(queue.services.lambda.logsOf('tested')[0] ?? '')).toMatchObject({
      messageAttributes: {
        text: { stringValue: 'v', stringListValues: [], binaryListValues: [], dataType: 'String' },
        bytes: { binaryValue: 'AAE=', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
      },
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  test('fill within the window, one for each of five pollers', async () => {
    const queue = createMappedQueue({ batchSize: 100, windowSeconds: 30 });

    await queue.send(60);
    await queue.pass(29_000);
    const early = queue.sizes().length;
    await queue.pass(31_000);

    expect(early).toBe(0);
    expect(sum(queue.sizes())).toBe(60);
    expect(queue.sizes().length).toBeLessThanOrEqual(5);
  });

  test('leave as soon as they are full', async () => {
    const queue = createMappedQueue({ batchSize: 2, windowSeconds: 300 });

    await queue.send(20);
    await queue.pass(20_000);

    expect(queue.sizes().filter((size) => size === 2).length).toBeGreaterThan(5);
  });

  test('never weigh more than 6 MB, and leave no message behind', async () => {
    const weigh = 'exports.handler = async (event) => console.log(JSON.stringify(event).length);';
    const queue = createMappedQueue({ batchSize: 100, windowSeconds: 20, code: weigh });

    for (let index = 0; index < 40; index++) await queue.send(1, () => 'x'.repeat(1_000_000));
    await queue.pass(120_000);

    expect(Math.max(...queue.sizes())).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(Math.floor(sum(queue.sizes()) / 1_000_000)).toBe(40);
    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('are deleted in tens', async () => {
    const queue = createMappedQueue({ batchSize: 100, windowSeconds: 10, maximumConcurrency: 2 });

    await queue.send(95);
    await queue.pass(60_000);

    expect(sum(queue.sizes())).toBe(95);
    expect(queue.countCalls('DeleteMessageBatch')).toBe(sum(queue.sizes().map((size) => Math.ceil(size / 10))));
  });
});
