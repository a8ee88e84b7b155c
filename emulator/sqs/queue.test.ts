import { describe, expect, test } from 'vitest';
import { createBareQueue } from './create-bare-queue.fixture.ts';

/** Milliseconds for a hundred receives from a queue that so many messages wait in, and a third of them in all have left. */
async function measure(depth: number, groupCount: number): Promise<number> {
  const { queue, send, receive } = createBareQueue({ isFifo: groupCount > 0 });
  for (let index = 0; index < depth; index++) send(groupCount > 0 ? `group-${index % groupCount}` : undefined);
  // What has left the front must not be walked over again.
  for (let index = 0; index < depth * 0.7; index += 10) {
    for (const { receiptHandle } of await receive(10)) queue.delete(receiptHandle);
  }
  let fastestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) {
    const startMs = performance.now();
    for (let index = 0; index < 100; index++) {
      for (const { receiptHandle } of await receive(1)) queue.delete(receiptHandle);
    }
    fastestMs = Math.min(fastestMs, performance.now() - startMs);
  }
  return fastestMs;
}

describe('a queue', () => {
  test.each([
    ['standard', 0],
    ['FIFO, of one group', 1],
    ['FIFO, of a thousand groups', 1000],
  ])('(%s) is received from as fast when it is deep as when it is shallow', async (_kind, groupCount) => {
    await measure(2000, groupCount);

    const shallowMs = await measure(2000, groupCount);
    const deepMs = await measure(200_000, groupCount);

    // A hundred times the depth; anything that grew with it would show as far more than this.
    expect(deepMs / shallowMs).toBeLessThan(5);
  });

  test('wakes one of those who wait, whichever the seed says', async () => {
    const findWoken = async (seed: number) => {
      const { clock, send, receive } = createBareQueue({ seed });
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
});
