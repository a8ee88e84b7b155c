// A queue's mapping at work, against the emulated SQS.

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../create-test-account.fixture.ts';
import type { MappingProps } from './mapping-settings.ts';

const QueueUrl = 'https://sqs.us-east-1.emulator.invalid/000000000000/queue';
const QUEUE = 'arn:aws:sqs:us-east-1:000000000000:queue';
const LOG_SIZE = 'exports.handler = async (event) => { console.log(event.Records.length); return ANSWER; };';
const sleepFor = (durationMs: number) =>
  `exports.handler = (event) => { console.log(event.Records.length); return new Promise((resolve) => setTimeout(resolve, ${durationMs})); };`;

interface QueueOptions extends Partial<MappingProps> {
  readonly code?: string;
  readonly reservedConcurrency?: number;
  readonly timeoutSeconds?: number;
  readonly visibilityTimeoutSeconds?: number;
  readonly seed?: number;
}

function createQueue(options: QueueOptions = {}) {
  const { code = LOG_SIZE.replace('ANSWER', 'null'), visibilityTimeoutSeconds = 60, seed } = options;
  const { reservedConcurrency, timeoutSeconds = 30 } = options;
  const account = createTestAccount(seed === undefined ? {} : { seed });
  account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds });
  account.createFunction(code, { timeoutSeconds, ...(reservedConcurrency !== undefined && { reservedConcurrency }) });
  const { uuid: UUID } = account.services.lambda.mappings.create({
    functionName: 'tested',
    eventSourceArn: QUEUE,
    batchSize: options.batchSize ?? 10,
    windowSeconds: options.windowSeconds ?? 0,
    reportBatchItemFailures: options.reportBatchItemFailures ?? true,
    maximumConcurrency: options.maximumConcurrency,
  });
  const calls: string[] = [];
  account.world.gateway.observe(({ operation }) => calls.push(operation));
  return {
    ...account,
    UUID,
    countCalls: (name: string) => calls.filter((operation) => operation === name).length,
    async send(count: number, body = (index: number) => String(index)) {
      for (let start = 0; start < count; start += 10) {
        const Entries = Array.from({ length: Math.min(10, count - start) }, (_, index) => ({
          Id: String(index),
          MessageBody: body(start + index),
        }));
        await account.call('sqs', 'SendMessageBatch', { QueueUrl, Entries });
      }
    },
    async left() {
      const { Attributes } = await account.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
      const counts = Attributes as Record<string, string>;
      return {
        visible: Number(counts.ApproximateNumberOfMessages),
        inFlight: Number(counts.ApproximateNumberOfMessagesNotVisible),
      };
    },
    sizes: () => account.services.lambda.logsOf('tested').map(Number),
    mostAtOnce: () => computeMostAtOnce(account.invocations),
  };
}

function computeMostAtOnce(records: readonly { startMs: number; durationMs: number }[]): number {
  const overlaps = records.map(
    ({ startMs }) =>
      records.filter((other) => other.startMs <= startMs && other.startMs + other.durationMs > startMs).length,
  );
  return Math.max(0, ...overlaps);
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

describe('batches of a queue', () => {
  test('of size 1 hand each message over once, and delete it', async () => {
    const queue = createQueue({ batchSize: 1 });

    await queue.send(20);
    await queue.pass(120_000);

    expect(queue.sizes()).toEqual(Array.from({ length: 20 }, () => 1));
    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('have the event that AWS documents', async () => {
    const queue = createQueue({ code: 'exports.handler = async (event) => console.log(JSON.stringify(event));' });

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
      eventSourceARN: QUEUE,
      awsRegion: 'us-east-1',
    });
  });

  test('fill within the window, one for each of five pollers', async () => {
    const queue = createQueue({ batchSize: 100, windowSeconds: 30 });

    await queue.send(60);
    await queue.pass(29_000);
    const early = queue.sizes().length;
    await queue.pass(31_000);

    expect(early).toBe(0);
    expect(sum(queue.sizes())).toBe(60);
    expect(queue.sizes().length).toBeLessThanOrEqual(5);
  });

  test('leave as soon as they are full', async () => {
    const queue = createQueue({ batchSize: 2, windowSeconds: 300 });

    await queue.send(20);
    await queue.pass(20_000);

    expect(queue.sizes().filter((size) => size === 2).length).toBeGreaterThan(5);
  });

  test('never weigh more than 6 MB, and leave no message behind', async () => {
    const weigh = 'exports.handler = async (event) => console.log(JSON.stringify(event).length);';
    const queue = createQueue({ batchSize: 100, windowSeconds: 20, code: weigh });

    for (let index = 0; index < 40; index++) await queue.send(1, () => 'x'.repeat(1_000_000));
    await queue.pass(120_000);

    expect(Math.max(...queue.sizes())).toBeLessThanOrEqual(6 * 1024 * 1024);
    expect(Math.floor(sum(queue.sizes()) / 1_000_000)).toBe(40);
    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('are deleted in tens', async () => {
    const queue = createQueue({ batchSize: 100, windowSeconds: 10, maximumConcurrency: 2 });

    await queue.send(95);
    await queue.pass(60_000);

    expect(sum(queue.sizes())).toBe(95);
    expect(queue.countCalls('DeleteMessageBatch')).toBe(sum(queue.sizes().map((size) => Math.ceil(size / 10))));
  });
});

describe('failures of a batch', () => {
  test('leave all of it to its visibility timeout', async () => {
    const queue = createQueue({ code: 'exports.handler = async () => { throw new Error("no"); };' });

    await queue.send(3);
    await queue.pass(30_000);
    const between = await queue.left();
    const attempts = queue.invocations.length;
    await queue.pass(60_000);

    expect(between).toEqual({ visible: 0, inFlight: 3 });
    expect(queue.invocations.length).toBeGreaterThan(attempts);
  });

  test('leave what the answer names, and only that', async () => {
    const failThree =
      '{ batchItemFailures: event.Records.filter((r) => r.body === "3").map((r) => ({ itemIdentifier: r.messageId })) }';
    const queue = createQueue({ windowSeconds: 5, code: LOG_SIZE.replace('ANSWER', failThree) });

    await queue.send(10);
    await queue.pass(30_000);

    expect(await queue.left()).toEqual({ visible: 0, inFlight: 1 });
  });

  test('are not looked for in the answer unless the mapping says so', async () => {
    const failAll = '{ batchItemFailures: event.Records.map((r) => ({ itemIdentifier: r.messageId })) }';
    const queue = createQueue({ reportBatchItemFailures: false, code: LOG_SIZE.replace('ANSWER', failAll) });

    await queue.send(3);
    await queue.pass(10_000);

    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('by throttling are tried again, until the visibility timeout ends', async () => {
    const throttled = createQueue({ reservedConcurrency: 0, visibilityTimeoutSeconds: 30 });
    await throttled.send(1);

    await throttled.pass(29_000);
    const within = throttled.countCalls('ReceiveMessage');
    await throttled.pass(600_000);

    expect(throttled.invocations).toEqual([]);
    // The poller that holds the message is busy with it, and free for it again and again afterwards.
    expect(within).toBeLessThan(5 * 3);
    expect(await throttled.left()).toEqual({ visible: 0, inFlight: 1 });
  });

  test('by throttling lose nothing when there is room again', async () => {
    const queue = createQueue({ batchSize: 1, code: sleepFor(2000), reservedConcurrency: 1 });

    await queue.send(10);
    await queue.pass(300_000);

    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
    expect(queue.mostAtOnce()).toBe(1);
  });
});

describe('pollers of a queue', () => {
  test.each([0, 1, 300])(
    'are five, which look at an empty queue three times a minute each, with a window of %i s',
    async (windowSeconds) => {
      const queue = createQueue({ windowSeconds });

      await queue.pass(600_000);

      expect(queue.countCalls('ReceiveMessage')).toBeGreaterThan(145);
      expect(queue.countCalls('ReceiveMessage')).toBeLessThanOrEqual(150);
    },
  );

  test('have five invocations at once at first, and more when a backlog stays', async () => {
    const queue = createQueue({ batchSize: 1, code: sleepFor(1000) });

    await queue.send(2000);
    await queue.pass(50_000);
    const first = queue.mostAtOnce();
    await queue.pass(60_000);

    expect(first).toBe(5);
    expect(queue.mostAtOnce()).toBe(305);
    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('stay five while all of them wait for long invocations and the queue is empty', async () => {
    const queue = createQueue({
      batchSize: 1,
      code: sleepFor(200_000),
      timeoutSeconds: 300,
      visibilityTimeoutSeconds: 900,
    });
    await queue.pass(61_000);
    await queue.send(5);
    await queue.pass(1000);
    const before = queue.countCalls('ReceiveMessage');

    await queue.pass(190_000);

    expect(queue.sizes().length).toBe(5);
    expect(queue.countCalls('ReceiveMessage')).toBe(before);
  });

  test('go back to five when the backlog is gone', async () => {
    const queue = createQueue({ batchSize: 1, code: sleepFor(1000) });
    await queue.send(2000);
    await queue.pass(240_000);
    const before = queue.countCalls('ReceiveMessage');

    await queue.pass(600_000);

    expect(queue.countCalls('ReceiveMessage') - before).toBeLessThanOrEqual(150);
  });

  test('keep to the maximum concurrency, also to a changed one', async () => {
    const queue = createQueue({ batchSize: 1, maximumConcurrency: 2, code: sleepFor(1000) });

    await queue.send(400);
    await queue.pass(70_000);
    const atTwo = queue.mostAtOnce();
    await queue.call('lambda', 'UpdateEventSourceMapping', {
      UUID: queue.UUID,
      ScalingConfig: { MaximumConcurrency: 7 },
    });
    await queue.pass(180_000);

    expect(atTwo).toBe(2);
    expect(queue.mostAtOnce()).toBe(7);
  });

  test('go by new settings as soon as the mapping is Enabled again', async () => {
    const queue = createQueue({ batchSize: 100, windowSeconds: 300 });
    await queue.call('lambda', 'UpdateEventSourceMapping', {
      UUID: queue.UUID,
      BatchSize: 1,
      MaximumBatchingWindowInSeconds: 0,
    });
    await queue.send(30);
    await queue.pass(200);
    const before = queue.sizes();

    await queue.pass(120_000);

    expect(before).toEqual([]);
    expect(queue.sizes()).toEqual(Array.from({ length: 30 }, () => 1));
  });

  test('run the same for the same seed', async () => {
    const run = async (seed: number) => {
      const queue = createQueue({ seed, batchSize: 7, windowSeconds: 3 });
      await queue.send(200);
      await queue.pass(60_000);
      return queue.invocations;
    };

    const [one, again, other] = [await run(1), await run(1), await run(2)];

    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
  });
});
