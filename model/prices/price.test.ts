import { describe, expect, test } from 'vitest';
import { priceOf, UnknownPriceError } from './price.ts';
import {
  EVERY_REGION,
  PRICE_LIST,
  PRICED_ITEMS,
  type PricedItem,
  type PriceEntry,
  type PriceItem,
} from './price-list.ts';

const items: [string, PricedItem][] = Object.entries(PRICED_ITEMS);
const entries: [string, string, PriceEntry][] = Object.entries(PRICE_LIST.prices).flatMap(([item, regions]) =>
  Object.entries(regions).map(([region, entry]): [string, string, PriceEntry] => [item, region, entry]),
);

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

  test.each<[string, PriceItem, string]>([
    ['eu-central-1', 'kinesis.shard-hour', '0.018'],
    ['eu-central-1', 'kinesis.put-payload-unit', '0.0175 per 1,000,000'],
    ['eu-west-1', 'logs.gb', '0.57'],
    ['ap-southeast-2', 's3.put', '0.0055 per 1,000'],
    ['us-west-2', 's3.get', '0.0004 per 1,000'],
    ['eu-west-1', 'kinesis.put-payload-unit', '0.0165 per 1,000,000'],
    ['eu-west-2', 'kinesis.shard-hour', '0.0179'],
    ['ap-southeast-2', 'kinesis.shard-hour', '0.0184'],
    ['mars-north-1', 'ssm.standard-parameter-request', '0'],
  ])('gives the price of %s for %s', (region, item, quote) => {
    expect(priceOf(region, item).quote).toBe(quote);
  });

  test('quotes a price as AWS does, with its page, source and date', () => {
    expect(priceOf('us-east-1', 's3.put')).toEqual({
      unitPriceUsd: 0.000005,
      unit: 'PUT, COPY, POST or LIST request',
      quote: '0.005 per 1,000',
      page: 'https://aws.amazon.com/s3/pricing/',
      source: PRICE_LIST.sources[PRICE_LIST.prices['s3.put']['us-east-1']?.source ?? ''],
      date: PRICE_LIST.prices['s3.put']['us-east-1']?.date,
    });
  });

  test('refuses an unconfirmed price, naming item, Region and the way out', () => {
    const act = () => priceOf('mars-north-1', 'firehose.gb');

    expect(act).toThrow(UnknownPriceError);
    expect(act).toThrow(
      'no confirmed price of firehose.gb in mars-north-1, only in eu-west-1, eu-west-2, us-east-1, us-east-2; read it from AWS with npm run prices:refresh -- --regions mars-north-1, or look it up at https://aws.amazon.com/kinesis/data-firehose/pricing/ and add it to model/prices/price-list.json',
    );
  });

  test('does not take an inherited property for a Region', () => {
    expect(() => priceOf('constructor', 'sqs.request')).toThrow(UnknownPriceError);
  });
});

describe('PRICED_ITEMS', () => {
  test.each(items)('%s has an AWS page, is quoted for a power of ten, and has a price in us-east-1', (item, priced) => {
    expect(priced.page).toMatch(/^https:\/\/aws\.amazon\.com\//);
    expect(Math.log10(priced.per) % 1).toBe(0);
    const region = item === 'ssm.standard-parameter-request' ? EVERY_REGION : 'us-east-1';
    expect(entries).toContainEqual([item, region, expect.anything()]);
  });

  test('are all that the price list has', () => {
    expect(Object.keys(PRICE_LIST.prices)).toEqual(Object.keys(PRICED_ITEMS));
  });
});

describe('PRICE_LIST', () => {
  test.each(entries)('%s in %s has a source and a date', (_item, _region, { source, date }) => {
    expect(PRICE_LIST.sources).toHaveProperty([source]);
    expect(date).toMatch(/^20\d{2}(-\d{2}(-\d{2})?)?$/);
  });

  test('names no source that nothing was read from', () => {
    expect([...new Set(entries.map(([, , { source }]) => source))].sort()).toEqual(
      Object.keys(PRICE_LIST.sources).sort(),
    );
  });

  test('prices at zero, and in every Region, only what AWS gives away', () => {
    const free = entries.filter(([, region, { usd }]) => usd === 0 || region === EVERY_REGION);

    expect(free.map(([item]) => item)).toEqual(['ssm.standard-parameter-request']);
  });
});
