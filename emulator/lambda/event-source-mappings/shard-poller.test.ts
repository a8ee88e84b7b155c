// A stream's mapping at work, against the emulated Kinesis.

import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../../create-test-account.fixture.ts';
import type { MappingProps } from './mapping-settings.ts';

const STREAM = 'arn:aws:kinesis:us-east-1:000000000000:stream/stream';
const LOG_RECORDS =
  'exports.handler = async (event) => { console.log(event.Records.map((r) => Buffer.from(r.kinesis.data, "base64")).join(",")); };';

function createStream(options: Partial<MappingProps> & { code?: string; shardCount?: number; seed?: number } = {}) {
  const { code = LOG_RECORDS, shardCount = 1, seed, ...settings } = options;
  const account = createTestAccount(seed === undefined ? {} : { seed });
  account.services.kinesis.createStream({ name: 'stream', shardCount });
  account.createFunction(code);
  const readsMs: number[] = [];
  account.world.gateway.observe(({ operation }) => {
    if (operation === 'GetRecords') readsMs.push(account.world.clock.now() - START_MS);
  });
  let next = 0;
  return {
    ...account,
    readsMs,
    map: () =>
      account.services.lambda.mappings.create({
        functionName: 'tested',
        eventSourceArn: STREAM,
        batchSize: 100,
        windowSeconds: 0,
        reportBatchItemFailures: false,
        startingPosition: 'TRIM_HORIZON',
        ...settings,
      }),
    put: (count: number, { bytes = 0, keys = 1 } = {}) =>
      account.call('kinesis', 'PutRecords', {
        StreamName: 'stream',
        Records: Array.from({ length: count }, () => ({
          Data: Buffer.from(String(next++).padEnd(bytes)).toString('base64'),
          PartitionKey: `key ${next % keys}`,
        })),
      }),
    batches: () => account.services.lambda.logsOf('tested').filter((line) => /^\d/.test(line)),
  };
}

describe('batches of a stream', () => {
  test('have their records in order, up to the batch size', async () => {
    const stream = createStream({ batchSize: 4 });
    stream.map();

    await stream.put(10);
    await stream.pass(5000);

    expect(stream.batches()).toEqual(['0,1,2,3', '4,5,6,7', '8,9']);
  });

  test('have the event that AWS documents', async () => {
    const stream = createStream({ code: 'exports.handler = async (event) => console.log(JSON.stringify(event));' });
    stream.map();

    await stream.put(1);
    await stream.pass(3000);

    const [Record] = JSON.parse(stream.services.lambda.logsOf('tested')[0] ?? '').Records;
    const { sequenceNumber } = Record.kinesis;
    expect(Record).toEqual({
      kinesis: {
        kinesisSchemaVersion: '1.0',
        partitionKey: 'key 0',
        sequenceNumber: expect.stringMatching(/^\d{50,}$/),
        data: Buffer.from('0').toString('base64'),
        approximateArrivalTimestamp: expect.any(Number),
      },
      eventSource: 'aws:kinesis',
      eventVersion: '1.0',
      eventID: `shardId-000000000000:${sequenceNumber}`,
      eventName: 'aws:kinesis:record',
      invokeIdentityArn: 'arn:aws:iam::000000000000:role/test',
      awsRegion: 'us-east-1',
      eventSourceARN: STREAM,
    });
    expect(Math.abs(Record.kinesis.approximateArrivalTimestamp * 1000 - START_MS)).toBeLessThan(1000);
  });

  test('wait for the window when they are not full', async () => {
    const stream = createStream({ windowSeconds: 10 });
    stream.map();

    await stream.put(2);
    await stream.pass(3000);
    await stream.put(1);
    await stream.pass(20_000);

    expect(stream.batches()).toEqual(['0,1,2']);
    expect((stream.invocations[0]?.startMs ?? 0) - START_MS).toBeLessThan(11_500);
  });

  test('do not wait for the window when they weigh 6 MB', async () => {
    const stream = createStream({
      batchSize: 10_000,
      windowSeconds: 300,
      code: 'exports.handler = async (event) => console.log(JSON.stringify(event).length);',
    });
    stream.map();

    for (let index = 0; index < 12; index++) {
      await stream.put(1, { bytes: 900_000 });
      await stream.pass(1000);
    }
    await stream.pass(5000);

    const sizes = stream.batches().map(Number);
    expect(sizes.length).toBeGreaterThanOrEqual(2);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(6 * 1024 * 1024);
  });

  test('are of one shard, one at a time', async () => {
    const stream = createStream({
      batchSize: 1,
      shardCount: 2,
      code: 'exports.handler = (event) => { console.log(event.Records[0].eventID.slice(0, 20)); return new Promise((r) => setTimeout(r, 500)); };',
    });
    stream.map();

    await stream.put(20, { keys: 20 });
    await stream.pass(60_000);

    const shards = stream.services.lambda.logsOf('tested');
    const runs = stream.invocations.map(({ startMs, durationMs }) => ({ startMs, endMs: startMs + durationMs }));
    const atOnce = runs.map(({ startMs }) => runs.filter((o) => o.startMs <= startMs && o.endMs > startMs).length);
    expect(shards.length).toBe(20);
    expect(new Set(shards).size).toBe(2);
    expect(Math.max(...atOnce)).toBe(2);
  });

  test.each([
    ['TRIM_HORIZON', ['0,1', '2']],
    ['LATEST', ['2']],
  ] as const)('begin at %s', async (startingPosition, expected) => {
    const stream = createStream({ startingPosition });
    await stream.put(2);
    stream.map();
    await stream.pass(5000);

    await stream.put(1);
    await stream.pass(5000);

    expect(stream.batches()).toEqual(expected);
  });
});

describe('polls of a shard', () => {
  test('are one a second, at a phase of their own', async () => {
    const phases: (number | undefined)[] = [];
    for (const seed of [1, 2]) {
      const stream = createStream({ seed });
      stream.map();

      await stream.pass(60_000);

      expect(stream.readsMs.length).toBeGreaterThanOrEqual(59);
      expect(stream.readsMs.length).toBeLessThanOrEqual(60);
      phases.push(stream.readsMs[0]);
    }
    expect(phases[0]).not.toBe(phases[1]);
  });

  test('follow one another faster while there is more to read', async () => {
    const stream = createStream({ batchSize: 10_000 });
    for (let second = 0; second < 15; second++) {
      for (let call = 0; call < 2; call++) await stream.put(500);
      await stream.pass(1000);
    }
    stream.map();

    await stream.pass(10_000);

    const [first, second] = stream.invocations;
    expect(stream.batches().map((line) => line.split(',').length)).toEqual([10_000, 5000]);
    expect((second?.startMs ?? 0) - (first?.startMs ?? 0) - (first?.durationMs ?? 0)).toBeLessThan(1000);
  });

  test('bear with being refused, and lose nothing by it', async () => {
    const stream = createStream();
    stream.map();
    // More often than the five times a second that a shard allows all its readers together.
    const readGreedily = () =>
      stream.world.gateway
        .call({ service: 'kinesis', operation: 'GetRecords', input: { ShardIterator }, caller: { kind: 'root' } })
        .catch(() => {});
    const { ShardIterator } = await stream.call('kinesis', 'GetShardIterator', {
      StreamName: 'stream',
      ShardId: 'shardId-000000000000',
      ShardIteratorType: 'LATEST',
    });
    for (let afterMs = 0; afterMs < 5000; afterMs += 100) stream.world.clock.after(afterMs, () => void readGreedily());
    await stream.put(1);

    await stream.pass(10_000);

    expect(stream.batches()).toEqual(['0']);
  });
});

describe('failures of a batch of a stream', () => {
  test('hold up what is behind them', async () => {
    const stream = createStream({
      batchSize: 2,
      code: `let attempts = 0; ${LOG_RECORDS} const succeed = exports.handler;
             exports.handler = async (event) => { if (++attempts < 3) throw new Error('not yet'); return succeed(event); };`,
    });
    stream.map();

    await stream.put(4);
    await stream.pass(30_000);

    expect(stream.batches()).toEqual(['0,1', '2,3']);
    expect(stream.invocations.map(({ failed }) => failed)).toEqual([true, true, false, false]);
  });

  test.each([0, 1, 3])('are given up after %i retries', async (maximumRetryAttempts) => {
    const stream = createStream({
      maximumRetryAttempts,
      code: `${LOG_RECORDS} const succeed = exports.handler;
             exports.handler = async (event) => { if (event.Records[0].kinesis.data === 'MA==') throw new Error('no'); return succeed(event); };`,
    });
    stream.map();

    await stream.put(1);
    await stream.pass(2000);
    await stream.put(1);
    await stream.pass(60_000);

    expect(stream.invocations.filter(({ failed }) => failed).length).toBe(1 + maximumRetryAttempts);
    expect(stream.batches()).toEqual(['1']);
  });

  test('by name are tried again from the lowest on', async () => {
    const stream = createStream({
      reportBatchItemFailures: true,
      code: `let attempts = 0; ${LOG_RECORDS} const log = exports.handler;
             exports.handler = async (event) => {
               await log(event);
               const named = attempts++ === 0 ? [event.Records[3], event.Records[2]] : [];
               return { batchItemFailures: named.map((r) => ({ itemIdentifier: r.kinesis.sequenceNumber })) };
             };`,
    });
    stream.map();

    await stream.put(5);
    await stream.pass(30_000);

    expect(stream.batches()).toEqual(['0,1,2,3,4', '2,3,4']);
  });
});
