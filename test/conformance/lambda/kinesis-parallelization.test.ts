// Rule: with a parallelization factor, Lambda has up to so many batches of a shard at once, and keeps the order of each partition key.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-parameters.html

import { describe, expect, test } from 'vitest';
import { computeMostAtOnce } from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';
import { createMappedStream } from '../../../emulator/lambda/event-source-mappings/create-mapped-stream.fixture.ts';

const KEYS = 40;
const LOG_KEYS = `console.log('0 ' + event.Records.map((r) => r.kinesis.partitionKey + '=' + Buffer.from(r.kinesis.data, 'base64')).join(';'));`;
const SLOW = `exports.handler = async (event) => { await new Promise((resolve) => setTimeout(resolve, 500)); ${LOG_KEYS} };`;

/** The data of each key's records, in the order in which they were handled. */
function readByKey(batches: readonly string[]): Map<string, number[]> {
  const byKey = new Map<string, number[]>();
  for (const item of batches.flatMap((line) => line.slice(2).split(';'))) {
    const [key = '', data] = item.split('=');
    byKey.set(key, [...(byKey.get(key) ?? []), Number(data)]);
  }
  return byKey;
}

describe('a shard with a parallelization factor', () => {
  test.each([1, 3, 10])('of %i has so many batches at once', async (parallelizationFactor) => {
    const stream = createMappedStream({ parallelizationFactor, batchSize: 5, code: SLOW });
    stream.map();

    await stream.put(400, { keys: KEYS });
    await stream.pass(120_000);

    expect(computeMostAtOnce(stream.invocations)).toBe(parallelizationFactor);
    const byKey = readByKey(stream.batches());
    expect(byKey.size).toBe(KEYS);
    for (const handled of byKey.values()) {
      expect(handled).toHaveLength(400 / KEYS);
      expect(handled).toEqual(handled.toSorted((a, b) => a - b));
    }
  });

  test('waits only for the partition keys that a failed batch holds up', async () => {
    const stream = createMappedStream({
      parallelizationFactor: 10,
      code: `exports.handler = async (event) => { if (event.Records.some((r) => r.kinesis.partitionKey === 'key 1')) throw new Error('no'); ${LOG_KEYS} };`,
    });
    stream.map();

    for (let second = 0; second < 10; second++) {
      await stream.put(KEYS, { keys: KEYS });
      await stream.pass(1000);
    }
    await stream.pass(10_000);

    const complete = [...readByKey(stream.batches()).values()].filter((handled) => handled.length === 10);
    expect(complete.length).toBeGreaterThan(KEYS / 2);
    expect(readByKey(stream.batches()).has('key 1')).toBe(false);
  });

  test('that is changed loses nothing and keeps the order', async () => {
    const stream = createMappedStream({ parallelizationFactor: 2, batchSize: 5, code: SLOW });
    const { uuid: UUID } = stream.map();

    await stream.put(400, { keys: KEYS });
    await stream.pass(3000);
    await stream.call('lambda', 'UpdateEventSourceMapping', { UUID, ParallelizationFactor: 10 });
    await stream.pass(180_000);

    const byKey = readByKey(stream.batches());
    expect([...byKey.values()].flat()).toHaveLength(400);
    for (const handled of byKey.values()) expect(handled).toEqual(handled.toSorted((a, b) => a - b));
    expect(computeMostAtOnce(stream.invocations)).toBeGreaterThan(2);
  });
});
