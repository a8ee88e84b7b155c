// What AWS charges for, and the list prices known for it: USD, first paid tier, without free tier, by Region. The prices are
// data, which `npm run prices:refresh` reads from AWS. Only what a source confirms for that very Region, or for all of them, is
// there: a Region or an item that is missing is an error (see price.ts), never zero.

import priceList from './price-list.json' with { type: 'json' };

export interface PricedItem {
  /** What one is, in the singular. */
  readonly unit: string;
  /** How many units a price buys, as AWS quotes it. A power of ten. */
  readonly per: number;
  /** AWS's own page, to look the price up. */
  readonly page: string;
}

export const PRICED_ITEMS = {
  'sqs.request': { unit: 'request of up to 64 KB', per: 1_000_000, page: 'https://aws.amazon.com/sqs/pricing/' },
  'eventbridge.event': {
    unit: 'custom event of up to 64 KB',
    per: 1_000_000,
    page: 'https://aws.amazon.com/eventbridge/pricing/',
  },
  'kinesis.shard-hour': { unit: 'shard-hour', per: 1, page: 'https://aws.amazon.com/kinesis/data-streams/pricing/' },
  'kinesis.put-payload-unit': {
    unit: 'PUT payload unit of up to 25 KB',
    per: 1_000_000,
    page: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
  },
  'firehose.gb': { unit: 'GB ingested', per: 1, page: 'https://aws.amazon.com/kinesis/data-firehose/pricing/' },
  'lambda.request': { unit: 'request', per: 1_000_000, page: 'https://aws.amazon.com/lambda/pricing/' },
  'lambda.gb-second-arm64': { unit: 'GB-second, arm64', per: 1, page: 'https://aws.amazon.com/lambda/pricing/' },
  's3.put': { unit: 'PUT, COPY, POST or LIST request', per: 1_000, page: 'https://aws.amazon.com/s3/pricing/' },
  's3.get': { unit: 'GET request', per: 1_000, page: 'https://aws.amazon.com/s3/pricing/' },
  'cloudwatch.metric-requested': {
    unit: 'metric requested by GetMetricData',
    per: 1_000,
    page: 'https://aws.amazon.com/cloudwatch/pricing/',
  },
  'logs.gb': { unit: 'GB of logs ingested', per: 1, page: 'https://aws.amazon.com/cloudwatch/pricing/' },
  'states.transition': {
    unit: 'state transition, Standard workflow',
    per: 1_000,
    page: 'https://aws.amazon.com/step-functions/pricing/',
  },
  // Free by AWS's own word, not for want of a price: standard parameters at standard throughput.
  'ssm.standard-parameter-request': {
    unit: 'request for a standard parameter',
    per: 1,
    page: 'https://aws.amazon.com/systems-manager/pricing/',
  },
} as const satisfies Record<string, PricedItem>;

export type PriceItem = keyof typeof PRICED_ITEMS;

export interface PriceEntry {
  /** For `per` units of the item. */
  readonly usd: number;
  /** The day of the price list or page that says so; the month or the year where no more is known. ISO 8601. */
  readonly date: string;
  /** A key of `sources`. */
  readonly source: string;
}

/** Stands for a Region that has no price of its own, where AWS's word is for all of them. */
export const EVERY_REGION = 'every-region';

export interface PriceList {
  /** Where prices were read, for people. */
  readonly sources: Readonly<Record<string, string>>;
  /** By item and Region, or EVERY_REGION. */
  readonly prices: Readonly<Record<PriceItem, Readonly<Record<string, PriceEntry>>>>;
}

export const PRICE_LIST: PriceList = priceList;
