// Rule: a queue has 120,000 messages in flight at most: then a standard queue refuses receives that do not wait, a FIFO queue gives nothing.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html

import { describe, expect, test } from 'vitest';
import { createBareQueue } from '../../../emulator/sqs/create-bare-queue.fixture.ts';

const IN_FLIGHT_MAX = 120_000;

async function fill(isFifo: boolean) {
  const queue = createBareQueue({ isFifo });
  for (let index = 0; index <= IN_FLIGHT_MAX; index++) queue.send(isFifo ? String(index) : undefined);
  const receiptHandles: string[] = [];
  for (let index = 0; index < IN_FLIGHT_MAX; index += 10) {
    for (const { receiptHandle } of await queue.receive(10)) receiptHandles.push(receiptHandle);
  }
  return { ...queue, lastHandle: receiptHandles.at(-1) ?? '' };
}

describe('with 120,000 messages in flight', () => {
  test('a standard queue refuses a receive that does not wait', async () => {
    const { receive } = await fill(false);

    await expect(receive(1)).rejects.toMatchObject({ code: 'OverLimit' });
  });

  test('a FIFO queue gives nothing', async () => {
    const { receive } = await fill(true);

    expect(await receive(1)).toEqual([]);
  });

  test('a queue serves who waits as soon as one of them is deleted', async () => {
    const { clock, queue, receive, lastHandle } = await fill(false);

    const waiting = receive(1, 20);
    clock.after(5000, () => queue.delete(lastHandle));
    await clock.runUntil(5000);

    expect(await waiting).toHaveLength(1);
    expect(queue.inFlightCount).toBe(IN_FLIGHT_MAX);
  });
});
