// Rule: of a FIFO queue, Lambda hands over the messages of a group in order and one batch of a group at a time; as many batches run
//   at once as there are active groups, or as the maximum concurrency allows.
// Source: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html

import { describe, expect, test } from 'vitest';
import { createTestAccount } from '../../../emulator/create-test-account.fixture.ts';
import { computeMostAtOnce } from '../../../emulator/lambda/event-source-mappings/create-mapped-queue.fixture.ts';
import type { MappingProps } from '../../../emulator/lambda/event-source-mappings/mapping-settings.ts';

const VISIBILITY_SECONDS = 60;
const QueueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/queue.fifo';
const LOG = `console.log(event.Records.map((r) => r.attributes.MessageGroupId + r.body).join(' '));`;
const logAfter = (durationMs: number) =>
  `exports.handler = async (event) => { await new Promise((resolve) => setTimeout(resolve, ${durationMs})); ${LOG} };`;

function createFifo(code: string, settings: Partial<MappingProps> = {}) {
  const account = createTestAccount();
  account.services.sqs.createQueue({
    name: 'queue.fifo',
    attributes: { FifoQueue: 'true', VisibilityTimeout: String(VISIBILITY_SECONDS) },
  });
  account.createFunction(code);
  account.services.lambda.mappings.create({
    functionName: 'tested',
    eventSourceArn: 'arn:aws:sqs:us-east-1:000000000000:queue.fifo',
    batchSize: 2,
    windowSeconds: 0,
    reportBatchItemFailures: true,
    ...settings,
  });
  const batches = () => account.services.lambda.logsOf('tested').filter((line) => /^[a-z]\d/.test(line));
  const send = (group: string, body: string) =>
    account.call('sqs', 'SendMessage', {
      QueueUrl,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: `${group}${body}`,
    });
  return {
    ...account,
    send,
    async count() {
      const { Attributes } = await account.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['All'] });
      const counts = Attributes as Record<string, string>;
      return Number(counts.ApproximateNumberOfMessages) + Number(counts.ApproximateNumberOfMessagesNotVisible);
    },
    batches,
    /** Sends so many messages to each group in turn. */
    async sendTo(groups: string, count: number) {
      for (let index = 0; index < count; index++) for (const group of groups) await send(group, String(index));
    },
    bodiesOf: (group: string) =>
      batches()
        .flatMap((line) => line.split(' '))
        .filter((item) => item.startsWith(group))
        .map((item) => Number(item.slice(1))),
  };
}

describe('messages of a FIFO queue', () => {
  test('come in order, group by group', async () => {
    const queue = createFifo(logAfter(300));

    await queue.sendTo('abcdefgh', 10);
    await queue.pass(120_000);

    for (const group of 'abcdefgh') expect(queue.bodiesOf(group)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await queue.count()).toBe(0);
  });

  test('carry their group, sequence number and deduplication id', async () => {
    const queue = createFifo('exports.handler = async (event) => console.log(JSON.stringify(event));');

    await queue.send('a', '0');
    await queue.pass(1000);

    const [Record] = JSON.parse(queue.services.lambda.logsOf('tested')[0] ?? '').Records;
    expect(Record.attributes).toMatchObject({
      MessageGroupId: 'a',
      MessageDeduplicationId: 'a0',
      SequenceNumber: expect.stringMatching(/^\d{20}$/),
    });
  });

  test('are tried again before those behind them in their group, which hold up no other group', async () => {
    const failFirst = `exports.handler = async (event) => { ${LOG}
      const [{ body, attributes }] = event.Records;
      if (attributes.MessageGroupId + body === 'a0' && attributes.ApproximateReceiveCount === '1') throw new Error('no'); };`;
    const queue = createFifo(failFirst, { batchSize: 1, maximumConcurrency: 2 });

    await queue.sendTo('ab', 3);
    await queue.pass(1000 * VISIBILITY_SECONDS - 5000);
    const early = [queue.bodiesOf('a'), queue.bodiesOf('b')];
    await queue.pass(60_000);

    expect(early).toEqual([[0], [0, 1, 2]]);
    expect(queue.bodiesOf('a')).toEqual([0, 0, 1, 2]);
  });
});

describe('batches of a FIFO queue at once', () => {
  test.each([
    ['one group', 'a', {}, 1],
    ['three groups', 'abc', {}, 3],
    ['three groups and a maximum concurrency of two', 'abc', { maximumConcurrency: 2 }, 2],
  ])('with %s', async (_what, groups, settings, expected) => {
    const queue = createFifo(logAfter(500), { batchSize: 1, ...settings });

    await queue.sendTo(groups, 8);
    await queue.pass(30_000);

    expect(computeMostAtOnce(queue.invocations)).toBe(expected);
    expect(await queue.count()).toBe(0);
  });
});
