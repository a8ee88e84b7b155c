import { describe, expect, test } from 'vitest';
import { FREE_TIER } from '../prices/free-tier.ts';
import { priceOf } from '../prices/price.ts';
import { PRICE_LIST } from '../prices/price-list.ts';
import { applyFreeTier, computeBilledQuantity, computeBilledShares, sumAfterFreeTierUsd } from './after-free-tier.ts';
import { computeLineItem, type LineItem, sumCostUsd } from './line-item.ts';

function requests(item: string, quantity: number): LineItem {
  return computeLineItem('us-east-1', {
    category: 'lambda-requests',
    item,
    priceItem: 'lambda.request',
    quantity,
    formula: '',
  });
}

describe('computeBilledQuantity', () => {
  test.each([
    ['lambda.request', 999_999, 0],
    ['lambda.request', 1_000_000, 0],
    ['lambda.request', 1_000_001, 1],
    ['lambda.gb-second-arm64', 400_000.5, 0.5],
    ['sqs.request', 1_000_000, 0],
    ['sqs.request', 1_000_001, 1],
    ['states.transition', 4000, 0],
    ['states.transition', 4001, 1],
    ['logs.gb', 5, 0],
    ['logs.gb', 6, 1],
    ['s3.put', 1, 1],
    ['eventbridge.event', 1, 1],
    ['kinesis.shard-hour', 1, 1],
    ['firehose.gb', 1, 1],
  ] as const)('of a month of %s, of %d bills %d', (item, quantity, billed) => {
    expect(computeBilledQuantity(item, quantity)).toBeCloseTo(billed, 9);
  });
});

describe('the free tier', () => {
  test('covers what is within the allowance, all users taken together', () => {
    const items = [requests('a', 400_000), requests('b', 600_000)];

    expect(sumAfterFreeTierUsd(applyFreeTier(items, computeBilledShares(items)))).toBe(0);
  });

  test('shares what is beyond the allowance in proportion, so that the parts are the whole', () => {
    const items = [requests('a', 1_000_000), requests('b', 3_000_000)];

    const [a, b] = applyFreeTier(items, computeBilledShares(items));

    expect(a?.afterFreeTierUsd).toBeCloseTo(0.2 * 0.75, 12);
    expect(b?.afterFreeTierUsd).toBeCloseTo(0.6 * 0.75, 12);
  });

  test('changes nothing about an item without an allowance, nor about the list price of one with it', () => {
    const puts = computeLineItem('us-east-1', {
      category: 's3',
      item: 'S3 PUT requests',
      priceItem: 's3.put',
      quantity: 3,
      formula: '',
    });
    const items = [puts, requests('a', 5)];

    const billed = applyFreeTier(items, computeBilledShares(items));

    expect(billed[0]?.afterFreeTierUsd).toBe(puts.costUsd);
    expect(sumCostUsd(billed)).toBe(sumCostUsd(items));
  });

  test('bills in full what no share is known of', () => {
    const [item] = applyFreeTier([requests('a', 5)], new Map());

    expect(item?.afterFreeTierUsd).toBe(item?.costUsd);
  });

  test('of nothing is nothing', () => {
    const items = [requests('a', 0)];

    expect(applyFreeTier(items, computeBilledShares(items))[0]?.afterFreeTierUsd).toBe(0);
  });

  test('gives away only what has a price, which stays known and above zero', () => {
    for (const item of Object.keys(FREE_TIER)) expect(PRICE_LIST.prices).toHaveProperty([item]);
    for (const item of [
      'lambda.request',
      'lambda.gb-second-arm64',
      'sqs.request',
      'states.transition',
      'logs.gb',
    ] as const) {
      expect(priceOf('us-east-1', item).unitPriceUsd).toBeGreaterThan(0);
      expect(FREE_TIER[item]?.quantityPerMonth).toBeGreaterThan(0);
    }
  });
});
