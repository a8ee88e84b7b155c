// What AWS gives away every month, for ever, to every account: the Always Free tier. It is one allowance for all Regions and
// everything that the account runs, so a bill that subtracts it assumes that nothing else uses it up. It holds for accounts
// from before and after 2025-07-15, when credits took the place of the offers of the first 12 months
// (https://github.com/aws/agent-toolkit-for-aws/blob/main/skills/core-skills/aws-billing-and-cost-management/references/free-tier.md);
// S3's requests were one of those. Absent is what has no such allowance: EventBridge's custom events, Kinesis, Firehose, S3, and
// metrics asked for with GetMetricData.

import type { PriceItem } from './price-list.ts';

export interface FreeAllowance {
  /** In the item's unit. */
  readonly quantityPerMonth: number;
  /** AWS's page that says so. */
  readonly source: string;
  /** When that was last seen confirmed, by the page or the price list's free rows. ISO 8601, the month where no day is known. */
  readonly date: string;
}

export const FREE_TIER: Readonly<Partial<Record<PriceItem, FreeAllowance>>> = {
  'sqs.request': { quantityPerMonth: 1_000_000, source: 'https://aws.amazon.com/sqs/pricing/', date: '2026-10-08' },
  'lambda.request': {
    quantityPerMonth: 1_000_000,
    source: 'https://aws.amazon.com/lambda/pricing/',
    date: '2026-10-01',
  },
  // Shared by both architectures.
  'lambda.gb-second-arm64': {
    quantityPerMonth: 400_000,
    source: 'https://aws.amazon.com/lambda/pricing/',
    date: '2026-10-01',
  },
  // Standard workflows only.
  'states.transition': {
    quantityPerMonth: 4_000,
    source: 'https://aws.amazon.com/step-functions/pricing/',
    date: '2026-09',
  },
  'logs.gb': { quantityPerMonth: 5, source: 'https://aws.amazon.com/cloudwatch/pricing/', date: '2026-09-22' },
};
