// Rule: Lambda begins with five concurrent batches of a queue, adds up to 300 a minute while a backlog stays, and keeps to the maximum concurrency.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

import { describe, expect, test } from 'vitest';
import {
  createMappedQueue,
  sleepFor,
} from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';

describe('pollers of a queue', () => {
  test.each([0, 1, 300])(
    'are five, which look at an empty queue three times a minute each, with a window of %i s',
    async (windowSeconds) => {
      const queue = createMappedQueue({ windowSeconds });

      await queue.pass(600_000);

      expect(queue.countCalls('ReceiveMessage')).toBeGreaterThan(145);
      expect(queue.countCalls('ReceiveMessage')).toBeLessThanOrEqual(150);
    },
  );

  test('have five invocations at once at first, and more when a backlog stays', async () => {
    const queue = createMappedQueue({ batchSize: 1, code: sleepFor(1000) });

    await queue.send(2000);
    await queue.pass(50_000);
    const first = queue.mostAtOnce();
    await queue.pass(60_000);

    expect(first).toBe(5);
    expect(queue.mostAtOnce()).toBe(305);
    expect(await queue.left()).toEqual({ visible: 0, inFlight: 0 });
  });

  test('stay five while all of them wait for long invocations and the queue is empty', async () => {
    const queue = createMappedQueue({
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
    const queue = createMappedQueue({ batchSize: 1, code: sleepFor(1000) });
    await queue.send(2000);
    await queue.pass(240_000);
    const before = queue.countCalls('ReceiveMessage');

    await queue.pass(600_000);

    expect(queue.countCalls('ReceiveMessage') - before).toBeLessThanOrEqual(150);
  });

  test('keep to the maximum concurrency, also to a changed one', async () => {
    const queue = createMappedQueue({ batchSize: 1, maximumConcurrency: 2, code: sleepFor(1000) });

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
    const queue = createMappedQueue({ batchSize: 100, windowSeconds: 300 });
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
});
