import { describe, expect, test } from 'vitest';
import { UnknownPriceError } from '../prices/price.ts';
import { SERVICES } from '../service.ts';
import { COST_CATEGORIES, type LineItem, mergeLineItems, sumCostUsd } from './line-item.ts';
import { computeCostPerMillionUsd, computeTrialCost, type TrialUsage } from './trial-cost.ts';
import { createUsage } from './usage.fixture.ts';

function find(items: readonly LineItem[], name: string): LineItem {
  const found = items.find(({ item }) => item === name);
  if (!found) throw new Error(`no ${name} among ${items.map(({ item }) => item).join(', ')}`);
  return found;
}

const quantityOf = (usage: TrialUsage, name: string) => find(computeTrialCost(usage, 'us-east-1'), name).quantity;

describe('computeTrialCost', () => {
  test.each(SERVICES)('bills %s in order of category, each item quantity × unit price', (service) => {
    const items = computeTrialCost(createUsage({ service }), 'us-east-1');

    const places = items.map(({ category }) => COST_CATEGORIES.indexOf(category));
    expect(places.toSorted((a, b) => a - b)).toEqual(places);
    for (const { quantity, unitPriceUsd, costUsd } of items) expect(costUsd).toBe(quantity * unitPriceUsd);
  });

  test('refuses a Region whose price is not confirmed', () => {
    expect(() => computeTrialCost(createUsage({ service: 'kinesis' }), 'mars-north-1')).toThrow(UnknownPriceError);
  });

  test('bills Firehose by the gigabyte of 2^30 bytes', () => {
    const usage = createUsage({ service: 'firehose', publish: { sent: 1000, billedUnits: 1024 ** 3, bytes: 400_000 } });

    expect(find(computeTrialCost(usage, 'us-east-1'), 'Firehose ingestion')).toMatchObject({
      quantity: 1,
      costUsd: 0.029,
    });
  });

  test.each([
    [1, 1],
    [9, 1],
    [10, 1],
    [11, 2],
    [100, 10],
    [10_000, 1000],
  ])('bills an invocation of %i SQS messages as %i receives and deletes', (messages, requests) => {
    const usage = createUsage({ invocations: 1, invocationSizes: [{ messages, invocations: 1 }] });

    expect(quantityOf(usage, 'SQS receives')).toBe(requests);
    expect(quantityOf(usage, 'SQS deletes')).toBe(requests);
  });

  test.each([
    ['6,553 bytes', 6_553, 1],
    ['6,554 bytes', 6_554, 2],
    ['64 KB', 65_536, 10],
    ['one byte more', 65_537, 11],
  ])('bills each 64 KB that a receive of ten messages of %s returns', (_size, messageBytes, requests) => {
    const usage = createUsage({
      publish: { sent: 10, billedUnits: 10, bytes: 10 * messageBytes },
      invocations: 1,
      invocationSizes: [{ messages: 10, invocations: 1 }],
    });

    expect(quantityOf(usage, 'SQS receives')).toBe(requests);
    expect(quantityOf(usage, 'SQS deletes')).toBe(1);
  });

  test('bills empty receives for as long as messages were published', () => {
    expect(quantityOf(createUsage({ emptyReceivesPerSecond: 0.25 }), 'SQS empty receives')).toBe(15);
  });

  test('bills the shard for as long as messages were published', () => {
    expect(quantityOf(createUsage({ service: 'kinesis', loadMs: 1_800_000 }), 'Kinesis shard')).toBe(0.5);
  });

  test('bills an asynchronous event above 256 KB as more than one Lambda request, a synchronous one never', () => {
    const change = {
      publish: { sent: 1000, billedUnits: 7, bytes: 400_000 },
      invocations: 1,
      invocationSizes: [{ messages: 1000, invocations: 1 }],
    };

    // 400,000 bytes are 137,856 beyond 262,144: three chunks of 65,536.
    expect(quantityOf(createUsage({ service: 'eventbridge', ...change }), 'Lambda requests')).toBe(4);
    expect(quantityOf(createUsage({ service: 'kinesis', ...change }), 'Lambda requests')).toBe(1);
  });

  test('bills duration, initialisation and half a millisecond of rounding an invocation, by 512 MB', () => {
    const gbSeconds = quantityOf(createUsage({ initMs: 300 }), 'Lambda duration');

    expect(gbSeconds).toBeCloseTo(((5000 + 300 + 100 * 0.5) / 1000) * 0.5, 12);
  });

  test.each([
    ['firehose', 0, 300],
    ['firehose', 59, 300],
    ['firehose', 60, 100],
    ['firehose', 300, 100],
    ['kinesis', 0, 100],
  ] as const)('bills 100 objects of %s buffered for %i s as %i S3 PUT requests', (service, windowSeconds, requests) => {
    expect(quantityOf(createUsage({ service, windowSeconds }), 'S3 PUT requests')).toBe(requests);
  });

  test.each([
    // A line is 260 bytes of message, whatever the padding, and 140 that the transform adds: 13,107 of them are 5 MB.
    [1, 3],
    [13_107, 3],
    [13_108, 4],
    [26_214, 4],
    [26_215, 5],
  ])('bills an object of %i messages that Firehose uploads in parts as %i requests', (messages, requests) => {
    const usage = createUsage({
      service: 'firehose',
      publish: { sent: messages, billedUnits: 0, bytes: messages * 1000 },
      objects: 1,
      invocationSizes: [{ messages, invocations: 1 }],
    });

    expect(quantityOf(usage, 'S3 PUT requests')).toBe(requests);
  });

  test('bills a receive for an invocation that left no line, and no delete', () => {
    const usage = createUsage({ invocations: 103 });

    expect(quantityOf(usage, 'SQS receives')).toBe(103);
    expect(quantityOf(usage, 'SQS deletes')).toBe(100);
  });

  test.each([
    // 256 bytes go to the frame of the event.
    [262_144 - 256, 1],
    [262_144 - 255, 2],
    [262_144 - 256 + 65_536, 2],
    [262_144 - 255 + 65_536, 3],
  ])('bills an EventBridge event with a detail of %i bytes as %i Lambda requests', (bytes, requests) => {
    const usage = createUsage({
      service: 'eventbridge',
      publish: { sent: 1, billedUnits: 1, bytes },
      invocations: 1,
      invocationSizes: [{ messages: 1, invocations: 1 }],
    });

    expect(quantityOf(usage, 'Lambda requests')).toBe(requests);
  });

  test('bills no message twice for nothing sent', () => {
    const items = computeTrialCost(
      createUsage({
        publish: { sent: 0, billedUnits: 0, bytes: 0 },
        invocations: 0,
        durationMs: 0,
        invocationSizes: [],
        objects: 0,
      }),
      'us-east-1',
    );

    expect(sumCostUsd(items)).toBe(0);
  });
});

describe('mergeLineItems', () => {
  test('adds what is equal, so that the merged bill costs what its parts cost', () => {
    const bills = [createUsage(), createUsage({ invocations: 50 })].map((usage) =>
      computeTrialCost(usage, 'us-east-1'),
    );

    const merged = mergeLineItems(bills);

    expect(merged.map(({ item }) => item)).toEqual(bills[0]?.map(({ item }) => item));
    expect(find(merged, 'Lambda requests').quantity).toBe(150);
    expect(sumCostUsd(merged)).toBeCloseTo(sumCostUsd(bills.flat()), 15);
  });
});

describe('computeCostPerMillionUsd', () => {
  test('scales the cost of what arrived to a million', () => {
    expect(computeCostPerMillionUsd(0.003, 300)).toBeCloseTo(10, 10);
  });

  test('is absent, not infinite, when nothing arrived', () => {
    expect(computeCostPerMillionUsd(1, 0)).toBeUndefined();
  });
});
