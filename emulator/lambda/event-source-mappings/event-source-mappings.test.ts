import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../create-test-account.fixture.ts';

const QUEUE_URL = 'https://sqs.us-east-1.emulator.invalid/000000000000/queue';
const LOG_BATCH = 'exports.handler = async (event) => { console.log(event.Records.length); return ANSWER; };';

function createQueue(settings: { batchSize: number; windowSeconds: number }, answer = 'undefined') {
  const account = createTestAccount();
  account.services.sqs.createQueue({ name: 'queue', visibilityTimeoutSeconds: 60 });
  account.createFunction(LOG_BATCH.replace('ANSWER', answer));
  const mapping = account.services.lambda.mappings.create({
    ...settings,
    functionName: 'tested',
    eventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:queue',
    reportBatchItemFailures: true,
  });
  const send = (count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        account.call('sqs', 'SendMessage', { QueueUrl: QUEUE_URL, MessageBody: String(index) }),
      ),
    );
  const left = async () => {
    const { Attributes } = await account.call('sqs', 'GetQueueAttributes', {
      QueueUrl: QUEUE_URL,
      AttributeNames: ['All'],
    });
    return Attributes as Record<string, string>;
  };
  return { ...account, mapping, send, left, batches: () => account.services.lambda.logsOf('tested').map(Number) };
}

describe('a mapping of a queue', () => {
  test('hands each message over once and deletes it, at batch size 1', async () => {
    const queue = createQueue({ batchSize: 1, windowSeconds: 0 });

    await queue.send(20);
    await queue.pass(30_000);

    expect(queue.batches()).toEqual(Array.from({ length: 20 }, () => 1));
    expect(await queue.left()).toMatchObject({
      ApproximateNumberOfMessages: '0',
      ApproximateNumberOfMessagesNotVisible: '0',
    });
  });

  test('fills batches within the window, a batch for each of its five pollers at most', async () => {
    const queue = createQueue({ batchSize: 100, windowSeconds: 30 });

    await queue.send(60);
    await queue.pass(60_000);

    const batches = queue.batches();
    expect(batches.reduce((sum, size) => sum + size, 0)).toBe(60);
    expect(batches.length).toBeLessThanOrEqual(5);
  });

  test('flushes a full batch before its window ends', async () => {
    const queue = createQueue({ batchSize: 2, windowSeconds: 300 });

    await queue.send(20);
    await queue.pass(20_000);

    expect(queue.batches().filter((size) => size === 2).length).toBeGreaterThan(5);
  });

  test.each([
    ['an unknown message', '{ batchItemFailures: [{ itemIdentifier: "nobody" }] }'],
    ['an empty identifier', '{ batchItemFailures: [{ itemIdentifier: "" }] }'],
    ['a wrong key', '{ batchItemFailures: [{ id: "x" }] }'],
  ])('takes an answer that names %s for a failure of the whole batch', async (_what, answer) => {
    const queue = createQueue({ batchSize: 10, windowSeconds: 0 }, answer);

    await queue.send(1);
    await queue.pass(70_000);

    expect(queue.batches().length).toBeGreaterThanOrEqual(2);
  });

  test.each([
    ['null', 'null'],
    ['an empty list', '{ batchItemFailures: [] }'],
    ['a null list', '{ batchItemFailures: null }'],
  ])('takes %s for success', async (_what, answer) => {
    const queue = createQueue({ batchSize: 10, windowSeconds: 0 }, answer);

    await queue.send(1);
    await queue.pass(70_000);

    expect(queue.batches()).toEqual([1]);
  });

  test('gives only the failed messages of a batch back', async () => {
    const queue = createQueue(
      { batchSize: 10, windowSeconds: 5 },
      '{ batchItemFailures: event.Records.filter((record) => record.body === "3").map((record) => ({ itemIdentifier: record.messageId })) }',
    );

    await queue.send(10);
    await queue.pass(30_000);

    expect(await queue.left()).toMatchObject({ ApproximateNumberOfMessagesNotVisible: '1' });
  });

  test('is Updating for a while after a change, and cannot be changed again until it is Enabled', async () => {
    const { call, mapping, pass } = createQueue({ batchSize: 10, windowSeconds: 0 });
    const UUID = mapping.uuid;

    const updating = await call('lambda', 'UpdateEventSourceMapping', { UUID, BatchSize: 5 });
    const again = call('lambda', 'UpdateEventSourceMapping', { UUID, BatchSize: 6 });
    await expect(again).rejects.toMatchObject({ code: 'ResourceInUseException' });
    await pass(120_000);
    const enabled = await call('lambda', 'GetEventSourceMapping', { UUID });

    expect(updating).toMatchObject({ State: 'Updating', BatchSize: 5 });
    expect(enabled).toMatchObject({ State: 'Enabled', BatchSize: 5 });
  });

  test("refuses more than ten messages without a window, in AWS's words", async () => {
    const { call, mapping } = createQueue({ batchSize: 10, windowSeconds: 0 });

    const update = call('lambda', 'UpdateEventSourceMapping', { UUID: mapping.uuid, BatchSize: 11 });

    await expect(update).rejects.toThrow(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  });
});

function createStream(settings: { batchSize: number; windowSeconds: number }, code: string) {
  const account = createTestAccount();
  account.services.kinesis.createStream({ name: 'stream', shardCount: 1 });
  account.createFunction(code);
  account.services.lambda.mappings.create({
    ...settings,
    functionName: 'tested',
    eventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/stream',
    reportBatchItemFailures: false,
    startingPosition: 'TRIM_HORIZON',
  });
  const put = (count: number) =>
    account.call('kinesis', 'PutRecords', {
      StreamName: 'stream',
      Records: Array.from({ length: count }, (_, index) => ({
        Data: Buffer.from(String(index)).toString('base64'),
        PartitionKey: 'k',
      })),
    });
  return { ...account, put, batches: () => account.services.lambda.logsOf('tested') };
}

const LOG_RECORDS =
  'exports.handler = async (event) => { console.log(event.Records.map((r) => Buffer.from(r.kinesis.data, "base64")).join(",")); };';

describe('a mapping of a stream', () => {
  test('hands records over in order, in batches of the size at most', async () => {
    const stream = createStream({ batchSize: 4, windowSeconds: 0 }, LOG_RECORDS);

    await stream.put(10);
    await stream.pass(5000);

    expect(stream.batches()).toEqual(['0,1,2,3', '4,5,6,7', '8,9']);
  });

  test('waits for the window when the batch is not full', async () => {
    const stream = createStream({ batchSize: 100, windowSeconds: 10 }, LOG_RECORDS);

    await stream.put(2);
    await stream.pass(3000);
    await stream.put(1);
    await stream.pass(20_000);

    expect(stream.batches()).toEqual(['0,1,0']);
  });

  test('tries a failed batch again before anything behind it', async () => {
    const stream = createStream(
      { batchSize: 2, windowSeconds: 0 },
      `let attempts = 0;
       ${LOG_RECORDS}
       const succeed = exports.handler;
       exports.handler = async (event) => { if (++attempts < 3) throw new Error('not yet'); return succeed(event); };`,
    );

    await stream.put(4);
    await stream.pass(30_000);

    expect(stream.batches().filter((line) => /^\d/.test(line))).toEqual(['0,1', '2,3']);
    expect(stream.invocations.map(({ failed }) => failed)).toEqual([true, true, false, false]);
  });
});
