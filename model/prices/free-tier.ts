// What AWS gives away each month for as long as the account exists (the Always Free tier), by account and over all Regions.
// A free price is data like any other price: an item that is missing here has no allowance, an item that has one keeps its
// price in price-list.ts.

import type { PriceItem } from './price-list.ts';

export interface FreeAllowance {
  /** In the price item's own unit. */
  readonly quantityPerMonth: number;
  /** AWS's own page. */
  readonly source: string;
  /** The day, or the month, that the page was read in. ISO 8601. */
  readonly date: string;
}

/**
 * Accounts made after 2025-07-15 on the credit-based Free Plan are a case of their own: check before relying on it. EventBridge's custom
 * events, Kinesis, Firehose and S3 requests have no allowance that lasts.
 */
export const FREE_TIER: Readonly<Partial<Record<PriceItem, FreeAllowance>>> = {
  'lambda.request': {
    quantityPerMonth: 1_000_000,
    source: 'https://aws.amazon.com/lambda/pricing/',
    date: '2026-09-19',
  },
  'lambda.gb-second-arm64': {
    quantityPerMonth: 400_000,
    source: 'https://aws.amazon.com/lambda/pricing/',
    date: '2026-09-19',
  },
  'sqs.request': { quantityPerMonth: 1_000_000, source: 'https://aws.amazon.com/sqs/pricing/', date: '2026-10-08' },
  'states.transition': {
    quantityPerMonth: 4000,
    source: 'https://aws.amazon.com/step-functions/pricing/',
    date: '2026-10-01',
  },
  'logs.gb': { quantityPerMonth: 5, source: 'https://aws.amazon.com/cloudwatch/pricing/', date: '2026-10-01' },
};
