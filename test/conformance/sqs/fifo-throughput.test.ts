// Rule: a FIFO queue takes 300 calls a second of each action, or with high throughput 300 sends a second to each message group.
// Source: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html

import { describe, expect, test } from 'vitest';
import { createTestFifoQueue, createTestQueue } from '../../../emulator/sqs/create-test-queue.fixture.ts';

const HIGH = { DeduplicationScope: 'messageGroup', FifoThroughputLimit: 'perMessageGroupId' };

/** How many of so many calls at one instant are throttled. */
async function countThrottled(
  { world, QueueUrl }: ReturnType<typeof createTestQueue>,
  callCount: number,
  createCall: (index: number) => readonly [operation: string, input: object],
): Promise<number> {
  const calls = Array.from({ length: callCount }, (_, index) => {
    const [operation, input] = createCall(index);
    return world.gateway.call({ service: 'sqs', operation, input: { QueueUrl, ...input }, caller: { kind: 'root' } });
  });
  const outcomes = await world.clock.runUntilSettled(Promise.allSettled(calls));
  const reasons = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  for (const reason of reasons) expect(reason).toMatchObject({ code: 'RequestThrottled', status: 403 });
  return reasons.length;
}

const send = (groupCount: number) => (index: number) =>
  ['SendMessage', { MessageBody: String(index), MessageGroupId: `g${index % groupCount}` }] as const;
const sendTen = (index: number) => {
  const Entries = Array.from({ length: 10 }, (_, entry) => ({
    Id: String(entry),
    MessageBody: `${index} ${entry}`,
    MessageGroupId: 'g',
  }));
  return ['SendMessageBatch', { Entries }] as const;
};
const receive = () => ['ReceiveMessage', {}] as const;

describe('a FIFO queue', () => {
  test.each([
    ['300 sends', {}, 300, send(300), 0],
    ['301 sends', {}, 301, send(301), 1],
    ['301 batches of ten, each of them one call', {}, 301, sendTen, 1],
    ['310 receives', {}, 310, receive, 10],
    ['with high throughput 310 sends to one group', HIGH, 310, send(1), 10],
    ['with high throughput 600 sends to two groups', HIGH, 600, send(2), 0],
  ])('of %s in a second throttles what is beyond its quota', async (_what, attributes, count, createCall, expected) => {
    expect(await countThrottled(createTestFifoQueue(attributes), count, createCall)).toBe(expected);
  });

  test('counts deletions too', async () => {
    const queue = createTestFifoQueue();
    await queue.sendTo('g', 'x');
    const [message] = await queue.receive();
    const Entries = [{ Id: '0', ReceiptHandle: message?.ReceiptHandle }];

    expect(await countThrottled(queue, 301, () => ['DeleteMessageBatch', { Entries }])).toBe(1);
  });

  test('takes calls again in the next second', async () => {
    const queue = createTestFifoQueue();
    await countThrottled(queue, 301, send(1));

    await queue.pass(1000);

    expect(await countThrottled(queue, 300, send(1))).toBe(0);
  });
});

test('a standard queue has no such quota', async () => {
  const sendStandard = () => ['SendMessage', { MessageBody: 'x' }] as const;

  expect(await countThrottled(createTestQueue(), 1000, sendStandard)).toBe(0);
});
