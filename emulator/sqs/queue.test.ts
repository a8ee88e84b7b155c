import { describe, expect, test } from 'vitest';
import { createRandom } from '../kernel/random.ts';
import { VirtualClock } from '../kernel/virtual-clock.ts';
import { Queue, type ReceivedMessage } from './queue.ts';
import { computeSettings, createDefaultAttributes } from './queue-attributes.ts';

function createQueue(seed = 1) {
  const clock = new VirtualClock({ startMs: 0 });
  const queue = new Queue({
    name: 'queue',
    arn: 'arn:aws:sqs:us-east-1:000000000000:queue',
    isFifo: false,
    settings: computeSettings(createDefaultAttributes(false)),
    clock,
    random: createRandom(seed, 'queue'),
    findQueueByArn: () => undefined,
  });
  const send = () =>
    queue.send({
      body: 'x',
      md5OfBody: '9dd4e461268c8034f5c8564e155c67a6',
      bytes: 1,
      senderId: 'sender',
      attributes: undefined,
      traceHeader: undefined,
      groupId: undefined,
      deduplicationId: undefined,
    });
  const receive = (messagesMax: number, waitSeconds = 0) =>
    queue.receive({ messagesMax, waitMs: waitSeconds * 1000, visibilityTimeoutMs: 30_000 });
  return { clock, queue, send, receive };
}

describe('a queue', () => {
  test('is received from as fast when it is deep as when it is shallow', async () => {
    const measure = async (depth: number) => {
      const { queue, send, receive } = createQueue();
      for (let index = 0; index < depth; index++) send();
      // What has left the front must not be walked over again.
      for (let index = 0; index < depth * 0.7; index += 10) {
        for (const { receiptHandle } of await receive(10)) queue.delete(receiptHandle);
      }
      let fastestMs = Number.POSITIVE_INFINITY;
      for (let round = 0; round < 5; round++) {
        const startMs = performance.now();
        for (let index = 0; index < 100; index++) await receive(1);
        fastestMs = Math.min(fastestMs, performance.now() - startMs);
      }
      return fastestMs;
    };
    await measure(2000);

    const shallowMs = await measure(2000);
    const deepMs = await measure(200_000);

    // A hundred times the depth; anything that grew with it would show as far more than this.
    expect(deepMs / shallowMs).toBeLessThan(5);
  });

  test('wakes one of those who wait, whichever the seed says', async () => {
    const findWoken = async (seed: number) => {
      const { clock, send, receive } = createQueue(seed);
      const waiting = Array.from({ length: 5 }, () => receive(10, 20));
      send();
      await clock.runUntil(20_000);
      return (await Promise.all(waiting)).map((received) => received.length);
    };

    const patterns = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(findWoken));

    expect(patterns.map((pattern) => pattern.reduce((sum, count) => sum + count))).toEqual(Array(8).fill(1));
    expect(new Set(patterns.map(String)).size).toBeGreaterThan(1);
    expect(await findWoken(1)).toEqual(patterns[0]);
  });

  test('has 120,000 messages in flight at most', async () => {
    const { clock, queue, send, receive } = createQueue();
    for (let index = 0; index < 120_001; index++) send();
    let last: ReceivedMessage | undefined;
    for (let index = 0; index < 12_000; index++) last = (await receive(10)).at(-1);

    await expect(receive(1)).rejects.toMatchObject({ code: 'OverLimit' });
    const waiting = receive(1, 20);
    clock.after(5000, () => queue.delete(last?.receiptHandle ?? ''));
    await clock.runUntil(5000);

    expect(await waiting).toHaveLength(1);
    expect(queue.inFlightCount).toBe(120_000);
  });
});
