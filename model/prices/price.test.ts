import { describe, expect, test } from 'vitest';
import { priceOf, UnknownPriceError } from './price.ts';
import { PRICE_LIST, type PricedItem, type PriceItem } from './price-list.ts';

const entries: [string, PricedItem][] = Object.entries(PRICE_LIST);

describe('priceOf', () => {
  test.each<[PriceItem, number]>([
    ['sqs.request', 0.0000004],
    ['eventbridge.event', 0.000001],
    ['kinesis.shard-hour', 0.015],
    ['kinesis.put-payload-unit', 0.000000014],
    ['firehose.gb', 0.029],
    ['lambda.request', 0.0000002],
    ['lambda.gb-second-arm64', 0.0000133334],
    ['s3.put', 0.000005],
    ['s3.get', 0.0000004],
    ['cloudwatch.metric-requested', 0.00001],
    ['states.transition', 0.000025],
    ['logs.gb', 0.5],
  ])('gives the us-east-1 price of one unit of %s', (item, unitPriceUsd) => {
    expect(priceOf('us-east-1', item).unitPriceUsd).toBeCloseTo(unitPriceUsd, 12);
  });

  test('quotes a price as AWS does, with its source and date', () => {
    expect(priceOf('eu-west-2', 's3.put')).toEqual({
      unitPriceUsd: 0.0000053,
      unit: 'PUT, COPY, POST or LIST request',
      quote: '0.0053 per 1,000',
      source: 'https://aws.amazon.com/s3/pricing/',
      date: '2026-09',
    });
  });

  test('refuses an unconfirmed price, naming item, Region and the way out', () => {
    const act = () => priceOf('eu-west-2', 'eventbridge.event');

    expect(act).toThrow(UnknownPriceError);
    expect(act).toThrow(
      'no confirmed price of eventbridge.event in eu-west-2, only in us-east-1; look it up at https://aws.amazon.com/eventbridge/pricing/ and add it to model/prices/price-list.ts',
    );
  });

  test('does not take an inherited property for a Region', () => {
    expect(() => priceOf('constructor', 'sqs.request')).toThrow(UnknownPriceError);
  });
});

describe('PRICE_LIST', () => {
  test.each(entries)('%s has a price in us-east-1, an AWS page and dates', (_item, { regions, source }) => {
    expect(regions).toHaveProperty('us-east-1');
    expect(source).toMatch(/^https:\/\/aws\.amazon\.com\//);
    for (const { date } of Object.values(regions)) expect(date).toMatch(/^\d{4}-\d{2}(-\d{2})?$/);
  });

  test('only what AWS gives away is priced at zero', () => {
    const free = entries.filter(([, { regions }]) => Object.values(regions).some(({ usd }) => usd === 0));

    expect(free.map(([item]) => item)).toEqual(['ssm.standard-parameter-request']);
  });
});
