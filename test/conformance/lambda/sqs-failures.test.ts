// Rule: messages of a failed batch come back after their visibility timeout, all of them or, with partial answers, those that failed.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html

import { describe, expect, test } from 'vitest';
import {
  createMappedQueue,
  logSize,
  sleepFor,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';

describe('failures of a batch', () => {
  test('leave all of it to its visibility timeout', async () => {
    const queue = createMappedQueue({ code: 'exports.handler = async () => { throw new Error("no"); };' });

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
    const queue = createMappedQueue({ windowSeconds: 5, code: logSize(failThree) });

    await queue.send(10);
    await queue.pass(30_000);

    expect(await queue.left()).toEqual({ visible: 0, inFlight: 1 });
  });

  test('are not looked for in the answer unless the mapping says so', async () => {
    const failAll = '{ batchItemFailures: event.Records.map((r) => ({ itemIdentifier: r.messageId })) }';
    const queue = createMappedQueue({ reportBatchItemFailures: false, code: logSize(failAll) });

    await queue.send(3);
    await queue.pass(10_000);

    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('by throttling are tried again, until the visibility timeout ends', async () => {
    const throttled = createMappedQueue({ reservedConcurrency: 0, visibilityTimeoutSeconds: 30 });
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
    const queue = createMappedQueue({ batchSize: 1, code: sleepFor(2000), reservedConcurrency: 1 });

    await queue.send(10);
    await queue.pass(300_000);

    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
    expect(queue.mostAtOnce()).toBe(1);
  });
});

describe('pollers after failures', () => {
  /** Receives in 25 s, after a minute with failures; one poller has three in a minute. */
  async function countReceivesAfter(reportBatchItemFailures: boolean): Promise<number> {
    const code = 'exports.handler = async () => { throw new Error("no"); };';
    const queue = createMappedQueue({ code, reportBatchItemFailures, visibilityTimeoutSeconds: 900 });
    await queue.pass(30_000);
    await queue.send(3);
    await queue.pass(60_000);
    const before = queue.countCalls('ReceiveMessage');
    await queue.pass(25_000);
    return queue.countCalls('ReceiveMessage') - before;
  }

  test('become fewer, unless answers may be partial', async () => {
    expect(await countReceivesAfter(false)).toBeLessThanOrEqual(4);
    expect(await countReceivesAfter(true)).toBeGreaterThan(4);
  });

  test('are five again when nothing fails any more', async () => {
    const code = 'exports.handler = async () => { throw new Error("no"); };';
    const queue = createMappedQueue({ code, reportBatchItemFailures: false, visibilityTimeoutSeconds: 900 });
    await queue.send(1);
    await queue.pass(200_000);
    const before = queue.countCalls('ReceiveMessage');

    await queue.pass(60_000);

    expect(queue.countCalls('ReceiveMessage') - before).toBeGreaterThanOrEqual(14);
  });
});
