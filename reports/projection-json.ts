// What report.json says of the cost at other rates.

import type { QuotaUse } from '../model/rate-quotas.ts';
import type { Service } from '../model/service.ts';

export interface Projection {
  /** One for each setting that a message arrived in. */
  readonly settings: readonly ProjectedSetting[];
  /** By batch size, then by rate. */
  readonly breakEvens: readonly BreakEven[];
}

export interface ProjectedSetting {
  readonly service: Service;
  readonly batchSize: number;
  /** What each message costs besides what the service costs by the hour, at the batch size achieved in this run. */
  readonly perMessageUsd: number;
  /** Ascending by rate. */
  readonly rates: readonly ProjectedRate[];
}

export interface ProjectedRate {
  readonly messagesPerSecond: number;
  /** Of 730 hours at that rate. */
  readonly perMonthUsd: number;
  /** The same, when this setting alone has the month's free allowances. */
  readonly perMonthAfterFreeTierUsd: number;
  /** Kinesis: the shards that the rate takes. */
  readonly shards?: number;
  /** Consumer invocations under way at once, on average: rate ÷ achieved batch size × duration (Little's law). */
  readonly concurrency: number;
  /** Default quotas that the rate reaches. */
  readonly limits: readonly QuotaUse[];
}

/** Where two services at one batch size cost the same. */
export interface BreakEven {
  readonly batchSize: number;
  readonly messagesPerSecond: number;
  readonly cheaperBelow: Service;
  readonly cheaperAbove: Service;
}
