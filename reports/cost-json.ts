// What report.json says of costs.

import type { BilledLineItem } from '../model/cost/after-free-tier.ts';
import type { LineItem } from '../model/cost/line-item.ts';
import type { Service } from '../model/service.ts';

/** What a bill comes to: at list price, and when the month's free allowances are taken off. */
export interface CostTotals {
  readonly costUsd: number;
  readonly afterFreeTierUsd: number;
}

/** Of a setting, its trials taken together. */
export interface SettingCost extends CostTotals {
  readonly items: readonly BilledLineItem[];
  /** Cost ÷ distinct messages that arrived × 1,000,000; absent when none did. */
  readonly perMillionUsd?: number;
  readonly perMillionAfterFreeTierUsd?: number;
  /** One for each trial that ended. Their items add up to the setting's. */
  readonly trials: readonly TrialCost[];
  /** What the plan expected of the trials that ended. */
  readonly estimate: { readonly costUsd: number; readonly invocations: number };
  /** Where the batch size is larger: the same messages on the same service at batch size 1. Absent when nothing arrived. */
  readonly atBatchSizeOne?: BatchSizeOneCost;
}

export interface TrialCost extends CostTotals {
  readonly trialId: string;
  /** Distinct messages in S3. */
  readonly arrived: number;
  readonly perMillionUsd?: number;
  /** Unit, price, category and formula are those of the setting's item of the same name. */
  readonly items: readonly Pick<BilledLineItem, 'item' | 'quantity' | 'costUsd' | 'afterFreeTierUsd'>[];
}

export interface BatchSizeOneCost {
  /** Measured when the run had batch size 1 of this service; else modelled, with an invocation and an object a message. */
  readonly basis: 'measured' | 'modelled';
  /** At list price. */
  readonly perMillionUsd: number;
}

export interface HarnessCost extends CostTotals {
  readonly items: readonly BilledLineItem[];
  /** What the plan expected. */
  readonly estimateUsd: number;
}

/** From one batch size of a service to the next larger one, so that "twice the batch, half the invocations" can be checked. */
export interface BatchStep {
  readonly service: Service;
  readonly from: BatchStepEnd;
  readonly to: BatchStepEnd;
}

/** List prices. */
export interface BatchStepEnd {
  readonly batchSize: number;
  readonly invocationsPerMillion: number;
  /** What goes with invocations and objects: Lambda, S3 and logs. */
  readonly consumerPerMillionUsd: number;
  /** The service's own: publishing, delivery and what is paid by the hour. */
  readonly feesPerMillionUsd: number;
}

/** The items of `LineItem` by their category, summed. */
export function sumCategoriesUsd(
  items: readonly Pick<LineItem, 'category' | 'costUsd'>[],
  categories: readonly LineItem['category'][],
): number {
  return items.reduce((sum, { category, costUsd }) => (categories.includes(category) ? sum + costUsd : sum), 0);
}
