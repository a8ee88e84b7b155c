import { describe, expect, test } from 'vitest';
import { PRICE_LIST, type PriceItem, type PriceList } from '../../model/prices/price-list.ts';
import { BILLED_ITEMS, RefusedPricesError } from './collect-prices.ts';
import { OfferDownloadError } from './load-offer.ts';
import { GIVEN_AWAY, OFFER_QUERIES } from './offer-queries.ts';
import {
  buildOffer,
  buildPriceListFiles,
  type OfferRow,
  type PriceListFiles,
  serveFiles,
} from './price-list-files.fixture.ts';
import { type Refresh, refreshPrices } from './refresh-prices.ts';

const REGIONS = ['us-east-1', 'eu-west-2'];

/** Before: `usd` for as many units as AWS quotes. In AWS's offers: for one unit, in AWS's digits. The same. */
const PRICES: Readonly<Record<PriceItem, { readonly usd: number; readonly inOffer: string }>> = {
  'sqs.request': { usd: 0.4, inOffer: '0.0000004000' },
  'eventbridge.event': { usd: 1, inOffer: '0.0000010000' },
  'kinesis.shard-hour': { usd: 0.015, inOffer: '0.0150000000' },
  'kinesis.put-payload-unit': { usd: 0.014, inOffer: '0.0000000140' },
  'firehose.gb': { usd: 0.029, inOffer: '0.0290000000' },
  'lambda.request': { usd: 0.2, inOffer: '2E-7' },
  'lambda.gb-second-arm64': { usd: 0.0000133334, inOffer: '0.0000133334' },
  's3.put': { usd: 0.0053, inOffer: '0.0000053000' },
  's3.get': { usd: 0.00042, inOffer: '0.0000004200' },
  'cloudwatch.metric-requested': { usd: 0.01, inOffer: '0.0000100000' },
  'logs.gb': { usd: 0.5985, inOffer: '0.5985000000' },
  'states.transition': { usd: 0.025, inOffer: '0.0000250000' },
  'ssm.standard-parameter-request': { usd: 0, inOffer: '0.0000000000' },
};

const BY_HAND = { date: '2026-09-11', source: 'page' };
const FROM_AWS = { date: '2027-01-15', source: 'price-list' };

const committed: PriceList = {
  sources: { page: 'a page' },
  prices: {
    ...PRICE_LIST.prices,
    ...Object.fromEntries(
      Object.entries(PRICES).map(([item, { usd }]) => [item, { 'us-east-1': { usd, ...BY_HAND } }]),
    ),
    'sqs.request': {
      'us-east-1': { usd: 0.4, ...BY_HAND },
      'eu-west-2': { usd: 0.4, ...BY_HAND },
      'sa-east-1': { usd: 0.4, ...BY_HAND },
    },
  },
};

/** AWS's price list with the same prices in all Regions, a free tier before each, but for what is given. */
function buildFiles(rows: Partial<Record<PriceItem, OfferRow[]>> = {}): PriceListFiles {
  const offers: Record<string, Record<string, unknown>> = {};
  for (const service of new Set(BILLED_ITEMS.map((item) => serviceOf(item)))) {
    const serviceRows = BILLED_ITEMS.filter((item) => serviceOf(item) === service).flatMap(
      (item) => rows[item] ?? [rowOf(item, PRICES[item].inOffer)],
    );
    offers[service] = Object.fromEntries(REGIONS.map((region) => [region, buildOffer(service, region, serviceRows)]));
  }
  return buildPriceListFiles(offers);
}

function serviceOf(item: PriceItem): string {
  const query = OFFER_QUERIES[item];
  return query === GIVEN_AWAY ? '' : query.service;
}

function rowOf(item: PriceItem, usd: string): OfferRow {
  const query = OFFER_QUERIES[item];
  if (query === GIVEN_AWAY) throw new Error(`${item} is given away`);
  const { usagetypes, operation = '' } = query;
  return { usagetype: usagetypes[0], operation, usdByBegin: { 1000: usd, 0: '0.0000000000' } };
}

async function refresh(files: PriceListFiles, options: Partial<Refresh> = {}) {
  const written: string[] = [];
  const printed: string[] = [];
  const exitCode = await refreshPrices({
    committed,
    items: BILLED_ITEMS,
    regions: ['us-east-1'],
    check: false,
    fetchUrl: serveFiles(files).fetchUrl,
    write: async (text) => {
      written.push(text);
    },
    print: (text) => printed.push(text),
    ...options,
  });
  return { exitCode, written, printed: printed.join('\n') };
}

describe('refreshPrices', () => {
  test('confirms prices that are still the same: they get the new date', async () => {
    const { exitCode, written, printed } = await refresh(buildFiles());

    expect(exitCode).toBe(0);
    expect(printed).toBe('12 prices read from AWS, 0 of them other than in the price list.');
    const { sources, prices }: PriceList = JSON.parse(written[0] ?? '');
    for (const item of BILLED_ITEMS) expect(prices[item]['us-east-1']).toEqual({ usd: PRICES[item].usd, ...FROM_AWS });
    expect(sources).toEqual({ 'price-list': 'AWS Price List', page: 'a page' });
  });

  test('writes once, keeps what it did not read, and shows what changed', async () => {
    const files = buildFiles({ 'sqs.request': [rowOf('sqs.request', '0.0000005000')] });

    const { exitCode, written, printed } = await refresh(files, {
      items: ['sqs.request', 'kinesis.put-payload-unit'],
      regions: REGIONS,
    });

    expect(exitCode).toBe(0);
    expect(printed).toMatchInlineSnapshot(`
      "| item                     | Region    |       before, USD |          after, USD |
      | :----------------------- | :-------- | ----------------: | ------------------: |
      | sqs.request              | us-east-1 | 0.4 per 1,000,000 |   0.5 per 1,000,000 |
      | sqs.request              | eu-west-2 | 0.4 per 1,000,000 |   0.5 per 1,000,000 |
      | kinesis.put-payload-unit | eu-west-2 |              none | 0.014 per 1,000,000 |

      4 prices read from AWS, 3 of them other than in the price list."
    `);
    expect(written).toHaveLength(1);
    const list: PriceList = JSON.parse(written[0] ?? '');
    expect(list.prices).toEqual({
      ...committed.prices,
      'sqs.request': {
        'eu-west-2': { usd: 0.5, ...FROM_AWS },
        'sa-east-1': { usd: 0.4, ...BY_HAND },
        'us-east-1': { usd: 0.5, ...FROM_AWS },
      },
      'kinesis.put-payload-unit': {
        'eu-west-2': { usd: 0.014, ...FROM_AWS },
        'us-east-1': { usd: 0.014, ...FROM_AWS },
      },
    });
  });

  test('downloads each offer once', async () => {
    const { fetchUrl, asked } = serveFiles(buildFiles());

    await refresh({}, { fetchUrl, regions: REGIONS });

    expect(new Set(asked).size).toBe(asked.length);
    expect(asked.filter((path) => /(us-east-1|eu-west-2)\/index\.json$/.test(path))).toHaveLength(16);
  });

  test('says by its exit code, and writes nothing, where it only checks and a price differs', async () => {
    const files = buildFiles({ 'logs.gb': [rowOf('logs.gb', '0.6000000000')] });

    const { exitCode, written, printed } = await refresh(files, { check: true });

    expect(exitCode).toBe(1);
    expect(printed).toContain('| logs.gb | us-east-1 |      0.5985 |        0.6 |');
    expect(written).toEqual([]);
  });

  test('is content, and writes nothing, where it only checks and no price differs', async () => {
    const { exitCode, written } = await refresh(buildFiles(), { check: true });

    expect(exitCode).toBe(0);
    expect(written).toEqual([]);
  });

  test('refuses all that is missing or ambiguous together, and writes nothing', async () => {
    const files = buildFiles({
      'logs.gb': [],
      's3.put': [rowOf('s3.put', '0.000005'), rowOf('s3.put', '0.000006')],
    });
    const written: string[] = [];

    const refreshing = refresh(files, {
      regions: ['us-east-1', 'mars-north-1'],
      items: ['logs.gb', 's3.put', 's3.get', 'cloudwatch.metric-requested'],
      write: async (text) => {
        written.push(text);
      },
    });

    await expect(refreshing).rejects.toThrow(RefusedPricesError);
    await expect(refreshing).rejects.toThrowErrorMatchingInlineSnapshot(`
      [RefusedPricesError: nothing was written; to go without these, say with --items and --regions which prices to read
        NoPriceError: logs.gb in us-east-1 (AmazonCloudWatch, DataProcessing-Bytes) is not in the offer
        OfferNotFoundError: AWS's price list has AmazonCloudWatch not in mars-north-1, only in us-east-1, eu-west-2
        AmbiguousPriceError: s3.put in us-east-1 (AmazonS3, Requests-Tier1) has different prices in the offer (SKU1 0.000005, SKU2 0.000006); narrow its query in scripts/refresh-prices/offer-queries.ts
        OfferNotFoundError: AWS's price list has AmazonS3 not in mars-north-1, only in us-east-1, eu-west-2]
    `);
    expect(written).toEqual([]);
  });

  test('stops at the first file that cannot be had', async () => {
    const { fetchUrl, asked } = serveFiles({});

    await expect(refresh({}, { fetchUrl })).rejects.toThrow(OfferDownloadError);
    expect(asked).toHaveLength(1);
  });
});
