import { describe, expect, test } from 'vitest';
import { PRICE_LIST, type PriceList } from '../../model/prices/price-list.ts';
import type { FoundPrice } from './collect-prices.ts';
import { comparePrices, mergePrices } from './merge-prices.ts';

const BY_HAND = { usd: 0.4, date: '2026-09-11', source: 'page' };
const FROM_AWS = { date: '2027-01-15', source: 'price-list' };

const NOTHING: PriceList['prices'] = {
  'sqs.request': {},
  'eventbridge.event': {},
  'kinesis.shard-hour': {},
  'kinesis.put-payload-unit': {},
  'firehose.gb': {},
  'lambda.request': {},
  'lambda.gb-second-arm64': {},
  's3.put': {},
  's3.get': {},
  'cloudwatch.metric-requested': {},
  'logs.gb': {},
  'states.transition': {},
  'ssm.standard-parameter-request': {},
};

const before: PriceList = {
  sources: { page: 'a page', book: 'a book' },
  prices: {
    ...NOTHING,
    'sqs.request': { 'eu-west-1': BY_HAND, 'eu-west-2': BY_HAND, 'sa-east-1': { ...BY_HAND, source: 'book' } },
  },
};

function found(region: string, usd: number): FoundPrice {
  return { item: 'sqs.request', region, entry: { usd, ...FROM_AWS } };
}

describe('comparePrices', () => {
  test('gives prices that are new or other, with what was there', () => {
    expect(comparePrices(before, [found('eu-west-1', 0.5), found('eu-north-1', 0.4)])).toEqual([
      { item: 'sqs.request', region: 'eu-west-1', before: BY_HAND, after: { usd: 0.5, ...FROM_AWS } },
      { item: 'sqs.request', region: 'eu-north-1', after: { usd: 0.4, ...FROM_AWS } },
    ]);
  });

  test('does not take a later date for a change', () => {
    expect(comparePrices(before, [found('eu-west-1', 0.4)])).toEqual([]);
  });
});

describe('mergePrices', () => {
  test('replaces what was read, its date and source too, and keeps the other Regions and items', () => {
    const { prices } = mergePrices(before, [found('eu-west-1', 0.4)]);

    expect(prices).toEqual({
      ...before.prices,
      'sqs.request': { ...before.prices['sqs.request'], 'eu-west-1': { usd: 0.4, ...FROM_AWS } },
    });
  });

  test('names the sources that are left, and no others', () => {
    expect(mergePrices(before, [found('eu-west-1', 0.4)]).sources).toEqual({
      'price-list': 'AWS Price List',
      page: 'a page',
      book: 'a book',
    });
    expect(mergePrices(before, [found('sa-east-1', 0.4)]).sources).toEqual({
      'price-list': 'AWS Price List',
      page: 'a page',
    });
  });

  test('changes nothing where nothing was read', () => {
    expect(mergePrices(PRICE_LIST, [])).toEqual(PRICE_LIST);
  });
});
