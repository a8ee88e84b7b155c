// Rule: a failed batch of a stream holds up its shard and is tried again, from the lowest sequence number on that the answer names.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html

import { describe, expect, test } from 'vitest';
import {
  createMappedStream,
  LOG_RECORDS,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-stream.fixture.ts';

describe('failures of a batch of a stream', () => {
  test('hold up what is behind them', async () => {
    const stream = createMappedStream({
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
    const stream = createMappedStream({
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
    const stream = createMappedStream({
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
