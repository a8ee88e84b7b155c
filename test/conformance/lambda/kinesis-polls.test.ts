// Rule: Lambda polls each shard once a second, and has one batch of it at a time.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html

import { describe, expect, test } from 'vitest';
import { START_MS } from '../../../emulator/create-test-account.fixture.ts';
import {
  createMappedStream,
  STREAM_ARN,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-stream.fixture.ts';

describe('batches of a stream', () => {
  test('have their records in order, up to the batch size', async () => {
    const stream = createMappedStream({ batchSize: 4 });
    stream.map();

    await stream.put(10);
    await stream.pass(5000);

    expect(stream.batches()).toEqual(['0,1,2,3', '4,5,6,7', '8,9']);
  });

  test('have the event that AWS documents', async () => {
    const stream = createMappedStream({
      code: 'exports.handler = async (event) => console.log(JSON.stringify(event));',
    });
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
      eventSourceARN: STREAM_ARN,
    });
    expect(Math.abs(Record.kinesis.approximateArrivalTimestamp * 1000 - START_MS)).toBeLessThan(1000);
  });

  test('wait for the window when they are not full', async () => {
    const stream = createMappedStream({ windowSeconds: 10 });
    stream.map();

    await stream.put(2);
    await stream.pass(3000);
    await stream.put(1);
    await stream.pass(20_000);

    expect(stream.batches()).toEqual(['0,1,2']);
    expect((stream.invocations[0]?.startMs ?? 0) - START_MS).toBeLessThan(11_500);
  });

  test('do not wait for the window when they weigh 6 MB', async () => {
    const stream = createMappedStream({
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
    const stream = createMappedStream({
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
    const stream = createMappedStream({ startingPosition });
    await stream.put(2);
    stream.map();
    await stream.pass(5000);

    await stream.put(1);
    await stream.pass(5000);

    expect(stream.batches()).toEqual(expected);
  });
});

describe('batches from a timestamp on', () => {
  test('leave out what came before it', async () => {
    const stream = createMappedStream({ startingPosition: 'AT_TIMESTAMP', startingTimestampMs: START_MS + 5000 });
    await stream.put(2);
    await stream.pass(10_000);
    await stream.put(2);
    stream.map();

    await stream.pass(5000);

    expect(stream.batches()).toEqual(['2,3']);
  });
});

describe('polls of a shard', () => {
  test('are one a second, at a phase of their own', async () => {
    const phases: (number | undefined)[] = [];
    for (const seed of [1, 2]) {
      const stream = createMappedStream({ seed });
      stream.map();

      await stream.pass(60_000);

      expect(stream.readsMs.length).toBeGreaterThanOrEqual(59);
      expect(stream.readsMs.length).toBeLessThanOrEqual(60);
      phases.push(stream.readsMs[0]);
    }
    expect(phases[0]).not.toBe(phases[1]);
  });

  test('follow one another faster while there is more to read', async () => {
    const stream = createMappedStream({ batchSize: 10_000 });
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
    const stream = createMappedStream();
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
