import { describe, expect, test } from 'vitest';
import { FREE_TIER, type FreeAllowance } from './free-tier.ts';
import type { PriceItem } from './price-list.ts';

const allowances: [string, FreeAllowance][] = Object.entries(FREE_TIER);

describe('FREE_TIER', () => {
  test.each<[PriceItem, number | undefined]>([
    ['sqs.request', 1_000_000],
    ['lambda.request', 1_000_000],
    ['lambda.gb-second-arm64', 400_000],
    ['states.transition', 4_000],
    ['logs.gb', 5],
    ['eventbridge.event', undefined],
    ['kinesis.shard-hour', undefined],
    ['kinesis.put-payload-unit', undefined],
    ['firehose.gb', undefined],
    ['s3.put', undefined],
    ['s3.get', undefined],
    ['cloudwatch.metric-requested', undefined],
  ])('gives away as much of %s as AWS does: %s a month', (item, quantityPerMonth) => {
    expect(FREE_TIER[item]?.quantityPerMonth).toBe(quantityPerMonth);
  });

  test.each(allowances)('names page and date of the allowance of %s', (_item, { source, date }) => {
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(date).toMatch(/^20\d{2}-\d{2}(-\d{2})?$/);
  });
});
