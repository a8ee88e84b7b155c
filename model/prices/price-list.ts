// AWS's list prices in USD, first tier, without free tier, by Region. Only what a source confirms is here: a Region or an
// item that is missing is an error (see price.ts), never zero.

/** The day of the AWS Price List that most entries were read from: https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html */
const PRICE_LIST_DATE = '2026-10-01';
const SQS_DATE = '2026-10-08';
const LAMBDA_DATE = '2026-09-19';
/** Of entries whose extract bears no day, only September to October: the earlier month. */
const EXTRACT_MONTH = '2026-09';

export interface PricedItem {
  /** What one is, in the singular. */
  readonly unit: string;
  /** How many units `usd` buys, as AWS quotes it. */
  readonly per: number;
  /** AWS's own page. */
  readonly source: string;
  readonly regions: Readonly<Record<string, { readonly usd: number; readonly date: string }>>;
}

export const PRICE_LIST = {
  'sqs.request': {
    unit: 'request of up to 64 KB',
    per: 1_000_000,
    source: 'https://aws.amazon.com/sqs/pricing/',
    regions: at(SQS_DATE, { 'us-east-1': 0.4, 'us-west-2': 0.4, 'eu-west-2': 0.4 }),
  },
  'eventbridge.event': {
    unit: 'custom event of up to 64 KB',
    per: 1_000_000,
    source: 'https://aws.amazon.com/eventbridge/pricing/',
    regions: at(PRICE_LIST_DATE, { 'us-east-1': 1 }),
  },
  'kinesis.shard-hour': {
    unit: 'shard-hour',
    per: 1,
    source: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
    regions: at(PRICE_LIST_DATE, { 'us-east-1': 0.015 }),
  },
  'kinesis.put-payload-unit': {
    unit: 'PUT payload unit of up to 25 KB',
    per: 1_000_000,
    source: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
    regions: at(PRICE_LIST_DATE, { 'us-east-1': 0.014 }),
  },
  'firehose.gb': {
    unit: 'GB ingested',
    per: 1,
    source: 'https://aws.amazon.com/kinesis/data-firehose/pricing/',
    regions: at(EXTRACT_MONTH, { 'us-east-1': 0.029, 'us-east-2': 0.029, 'eu-west-2': 0.035 }),
  },
  'lambda.request': {
    unit: 'request',
    per: 1_000_000,
    source: 'https://aws.amazon.com/lambda/pricing/',
    regions: at(LAMBDA_DATE, {
      'us-east-1': 0.2,
      'us-west-2': 0.2,
      'eu-west-1': 0.2,
      'eu-west-2': 0.2,
      'ap-southeast-2': 0.2,
    }),
  },
  'lambda.gb-second-arm64': {
    unit: 'GB-second, arm64',
    per: 1,
    source: 'https://aws.amazon.com/lambda/pricing/',
    regions: at(LAMBDA_DATE, {
      'us-east-1': 0.0000133334,
      'us-west-2': 0.0000133334,
      'eu-west-1': 0.0000133334,
      'eu-west-2': 0.0000133334,
      'ap-southeast-2': 0.0000133334,
    }),
  },
  's3.put': {
    unit: 'PUT, COPY, POST or LIST request',
    per: 1_000,
    source: 'https://aws.amazon.com/s3/pricing/',
    regions: { ...at(PRICE_LIST_DATE, { 'us-east-1': 0.005 }), ...at(EXTRACT_MONTH, { 'eu-west-2': 0.0053 }) },
  },
  's3.get': {
    unit: 'GET request',
    per: 1_000,
    source: 'https://aws.amazon.com/s3/pricing/',
    regions: { ...at(PRICE_LIST_DATE, { 'us-east-1': 0.0004 }), ...at(EXTRACT_MONTH, { 'eu-west-2': 0.00042 }) },
  },
  'cloudwatch.metric-requested': {
    unit: 'metric requested by GetMetricData',
    per: 1_000,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    regions: at(EXTRACT_MONTH, { 'us-east-1': 0.01 }),
  },
  'logs.gb': {
    unit: 'GB of logs ingested',
    per: 1,
    source: 'https://aws.amazon.com/cloudwatch/pricing/',
    regions: { ...at(PRICE_LIST_DATE, { 'us-east-1': 0.5 }), ...at(EXTRACT_MONTH, { 'eu-west-2': 0.5985 }) },
  },
  'states.transition': {
    unit: 'state transition, Standard workflow',
    per: 1_000,
    source: 'https://aws.amazon.com/step-functions/pricing/',
    regions: at(PRICE_LIST_DATE, { 'us-east-1': 0.025 }),
  },
  // Free by AWS's own word, not for want of a price: standard parameters at standard throughput.
  'ssm.standard-parameter-request': {
    unit: 'request for a standard parameter',
    per: 1,
    source: 'https://aws.amazon.com/systems-manager/pricing/',
    regions: at(EXTRACT_MONTH, { 'us-east-1': 0 }),
  },
} as const satisfies Record<string, PricedItem>;

export type PriceItem = keyof typeof PRICE_LIST;

function at(date: string, usdByRegion: Readonly<Record<string, number>>): PricedItem['regions'] {
  return Object.fromEntries(Object.entries(usdByRegion).map(([region, usd]) => [region, { usd, date }]));
}
