import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SERVICES } from '../service.ts';
import { computeUsageAtBatchSizeOne } from './batch-size-one.ts';
import { sumCostUsd } from './line-item.ts';
import { computeTrialCost } from './trial-cost.ts';
import { createUsage } from './usage.fixture.ts';

describe('computeUsageAtBatchSizeOne', () => {
  test('has an invocation and an object for each message', () => {
    expect(computeUsageAtBatchSizeOne(createUsage({ initMs: 300 }))).toMatchObject({
      invocations: 1000,
      objects: 1000,
      invocationSizes: [{ messages: 1, invocations: 1000 }],
      initMs: 300,
      publish: { billedUnits: 1000 },
    });
  });

  test('takes from an invocation what its other messages took', () => {
    // 50 ms, less 9 × 0.1 ms.
    expect(computeUsageAtBatchSizeOne(createUsage()).durationMs).toBeCloseTo(1000 * 49.1, 9);
  });

  test('takes no less for a message than the mean message did', () => {
    const usage = createUsage({ durationMs: 50 });

    expect(computeUsageAtBatchSizeOne(usage).durationMs).toBeCloseTo(1000 * (0.5 / 10), 9);
  });

  test('unpacks what the producer of EventBridge packed, and leaves alone what the others sent', () => {
    const publish = { sent: 1000, billedUnits: 7, bytes: 400_000 };

    expect(computeUsageAtBatchSizeOne(createUsage({ service: 'eventbridge', publish })).publish.billedUnits).toBe(1000);
    expect(computeUsageAtBatchSizeOne(createUsage({ service: 'sqs', publish })).publish.billedUnits).toBe(7);
  });

  test('is uploaded in parts by Firehose, which does not wait for a second message', () => {
    const items = computeTrialCost(
      computeUsageAtBatchSizeOne(createUsage({ service: 'firehose', windowSeconds: 60 })),
      'us-east-1',
    );

    expect(items.find(({ item }) => item === 'S3 PUT requests')?.quantity).toBe(3000);
  });

  test('is nothing of nothing', () => {
    const nothing = createUsage({
      publish: { sent: 0, billedUnits: 0, bytes: 0 },
      invocations: 0,
      durationMs: 0,
      initMs: 0,
      invocationSizes: [],
      objects: 0,
      emptyReceivesPerSecond: 0,
    });

    expect(sumCostUsd(computeTrialCost(computeUsageAtBatchSizeOne(nothing), 'us-east-1'))).toBe(0);
  });

  test.each(SERVICES)('of %s is what it was, where the batch size was 1 to begin with', (service) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 100, max: 60_000 }),
        (messages, messageBytes) => {
          const usage = createUsage({
            service,
            windowSeconds: 0,
            // One unit a message for all of these, save the bytes of Firehose.
            publish: {
              sent: messages,
              billedUnits: service === 'kinesis' ? messages * Math.ceil(messageBytes / 25_600) : messages,
              bytes: messages * messageBytes,
            },
            invocations: messages,
            durationMs: messages * 40,
            initMs: 300,
            invocationSizes: [{ messages: 1, invocations: messages }],
            objects: messages,
            emptyReceivesPerSecond: 0.2,
          });

          const again = computeTrialCost(computeUsageAtBatchSizeOne(usage), 'us-east-1');

          expect(sumCostUsd(again)).toBeCloseTo(sumCostUsd(computeTrialCost(usage, 'us-east-1')), 12);
        },
      ),
    );
  });
});
