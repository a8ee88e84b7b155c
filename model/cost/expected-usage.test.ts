import { describe, expect, test } from 'vitest';
import type { ResolvedInput } from '../input.ts';
import type { Service } from '../service.ts';
import type { Trial } from '../trial.ts';
import { computeBilledUnits, computeExpectedUsage } from './expected-usage.ts';
import { createPlan } from './plan.fixture.ts';

/** 300 messages in 60 s. */
function expectUsage(trial: Partial<Trial>, change: Partial<ResolvedInput> = {}) {
  const plan = createPlan([trial], change);
  const planned = plan.lanes[0]?.trials[0];
  if (!planned) throw new Error('the plan has no trial');
  return computeExpectedUsage(plan, planned);
}

describe('computeExpectedUsage', () => {
  test.each<[Service, number, number, number]>([
    // Batches of 10, and two for each of five pollers.
    ['sqs', 10, 10, 40],
    // No more than a fifth of the messages reaches each poller: 5, and two for each.
    ['sqs', 100, 100, 15],
    ['kinesis', 10, 2, 32],
    ['kinesis', 100, 20, 5],
    ['firehose', 100, 20, 5],
    // A window brings what it brings, whatever the batch size; without one nothing is buffered.
    ['firehose', 2, 1, 62],
    ['firehose', 2, 0, 300],
    // The window takes 25 of the 100.
    ['kinesis', 100, 5, 14],
    // The producer packs by number: there is nothing to guess.
    ['eventbridge', 10, 3, 30],
    // A window of 1 s takes 5 of 10.
    ['eventbridge', 10, 1, 60],
    // A window of 1.2 s would take 6 of 10: two events for each ten.
    ['eventbridge', 10, 1.2, 60],
  ])(
    'expects of %s at batch size %i and a window of %d s %i invocations',
    (service, batchSize, windowSeconds, count) => {
      expect(expectUsage({ service, batchSize, windowSeconds }).invocations).toBe(count);
    },
  );

  test.each<Service>(['eventbridge', 'sqs', 'kinesis', 'firehose'])(
    'expects of %s at batch size 1 an invocation for each message',
    (service) => {
      expect(expectUsage({ service, batchSize: 1, windowSeconds: 0 }).invocations).toBe(300);
    },
  );

  test('expects no batch larger than the 6 MB of an invocation', () => {
    // 200,800 bytes a message: 31 of them.
    const usage = expectUsage(
      { service: 'sqs', batchSize: 100, windowSeconds: 100 },
      { payloadBytes: 200_000, messagesPerTick: 500 },
    );

    expect(usage.invocations).toBe(Math.ceil(3000 / 31) + 10);
  });

  test('expects no batch larger than the buffer of a transform', () => {
    // 0.2 MiB hold 209 messages of 1,000 bytes.
    const usage = expectUsage(
      { service: 'firehose', batchSize: 1000, windowSeconds: 20, buffer: { transformSizeMbs: 0.2, s3SizeMbs: 5 } },
      { payloadBytes: 1000, messagesPerTick: 500 },
    );

    expect(usage.invocations).toBe(Math.ceil(3000 / 209) + 2);
  });

  test('counts every message into an invocation', () => {
    const { invocationSizes } = expectUsage({ service: 'kinesis', batchSize: 7, windowSeconds: 2 });

    expect(invocationSizes.reduce((sum, { messages, invocations }) => sum + messages * invocations, 0)).toBeCloseTo(
      300,
      9,
    );
  });
});

describe('computeBilledUnits', () => {
  const KB = 1024;

  test.each<[Service, number, number]>([
    // 48 bytes and a comma come with a message.
    ['eventbridge', 64 * KB - 49, 1],
    ['eventbridge', 64 * KB - 48, 2],
    ['sqs', 64 * KB - 1, 1],
    ['sqs', 64 * KB, 1],
    ['sqs', 64 * KB + 1, 2],
    ['kinesis', 25 * KB - 1, 1],
    ['kinesis', 25 * KB, 1],
    ['kinesis', 25 * KB + 1, 2],
    ['firehose', 5 * KB - 1, 5 * KB],
    ['firehose', 5 * KB, 5 * KB],
    ['firehose', 5 * KB + 1, 10 * KB],
  ])('of %s: a message of %i bytes is %i', (service, messageBytes, units) => {
    const load = { messages: 1, messageBytes, entryMessages: 1, publishBatchSize: 1 };

    expect(computeBilledUnits(service, load)).toBe(units);
  });

  test('shares a chunk among the messages of an SQS call, and rounds each record of a stream for itself', () => {
    const load = { messages: 10, messageBytes: 1000, entryMessages: 1, publishBatchSize: 10 };

    expect(computeBilledUnits('sqs', load)).toBe(1);
    expect(computeBilledUnits('kinesis', load)).toBe(10);
    expect(computeBilledUnits('firehose', load)).toBe(10 * 5120);
  });
});
