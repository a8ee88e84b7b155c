import { expect, test } from 'vitest';
import { createMappedQueue } from './create-mapped-queue.fixture.ts';

test('pollers run the same for the same seed', async () => {
  const run = async (seed: number) => {
    const queue = createMappedQueue({ seed, batchSize: 7, windowSeconds: 3 });
    await queue.send(200);
    await queue.pass(60_000);
    return queue.invocations;
  };

  const [one, again, other] = [await run(1), await run(1), await run(2)];

  expect(again).toEqual(one);
  expect(other).not.toEqual(one);
});
