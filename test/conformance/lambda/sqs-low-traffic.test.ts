// Rule: with a batching window and low traffic, Lambda might wait for up to 20 seconds before it invokes the function, even if the
//   window is shorter: a poller looks at its window only between receives, and each receive is a long poll of 20 seconds.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html

import { describe, expect, test } from 'vitest';
import { createMappedQueue } from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';

const LONG_POLL_MS = 20_000;
/** The hop from the queue, a cold start and the calls themselves. */
const OVERHEAD_MS = 700;

async function measureLoneMessages(windowSeconds: number): Promise<number[]> {
  const queue = createMappedQueue({ batchSize: 10, windowSeconds });
  const waitsMs: number[] = [];
  for (let index = 0; index < 12; index++) {
    await queue.pass(60_000 + 7300 * index);
    const sentMs = queue.world.clock.now();
    await queue.send(1);
    await queue.pass(60_000);
    waitsMs.push((queue.invocations.at(-1)?.startMs ?? Number.POSITIVE_INFINITY) - sentMs);
  }
  expect(queue.sizes()).toEqual(waitsMs.map(() => 1));
  return waitsMs;
}

describe('a message that comes alone', () => {
  test('is handed over at once without a window', async () => {
    expect(Math.max(...(await measureLoneMessages(0)))).toBeLessThan(OVERHEAD_MS);
  });

  test.each([1, 2, 7, 19])('waits for the next long poll to end with a window of %i s', async (windowSeconds) => {
    const waitsMs = await measureLoneMessages(windowSeconds);

    expect(Math.min(...waitsMs)).toBeGreaterThan(LONG_POLL_MS);
    expect(Math.max(...waitsMs)).toBeLessThan(LONG_POLL_MS + OVERHEAD_MS);
  });

  test('waits for the long poll in which a window of 25 s ends', async () => {
    const waitsMs = await measureLoneMessages(25);

    for (const waitMs of waitsMs) expect(waitMs % LONG_POLL_MS).toBeLessThan(OVERHEAD_MS);
    expect(Math.max(...waitsMs)).toBeLessThan(2 * LONG_POLL_MS + OVERHEAD_MS);
  });
});

describe('messages of steady traffic', () => {
  test('leave when their window ends, as each receive is a look at it', async () => {
    const queue = createMappedQueue({ batchSize: 1000, windowSeconds: 5 });

    for (let index = 0; index < 200; index++) {
      await queue.send(1);
      await queue.pass(100);
    }

    const gapsMs = queue.invocations
      .slice(1)
      .map(({ startMs }, index) => startMs - (queue.invocations[index]?.startMs ?? 0));
    expect(queue.invocations.length).toBeGreaterThan(10);
    expect(Math.max(...gapsMs)).toBeLessThan(5000 + OVERHEAD_MS);
  });
});
