// One position of a bill.

import { priceOf } from '../prices/price.ts';
import type { PriceItem } from '../prices/price-list.ts';

/** What a cost is for. The order is that of every table. */
export const COST_CATEGORIES = [
  'publish',
  'delivery',
  'lambda-requests',
  'lambda-duration',
  's3',
  'logs',
  'fixed',
] as const;

export type CostCategory = (typeof COST_CATEGORIES)[number];

export const COST_CATEGORY_TITLES: Readonly<Record<CostCategory, string>> = {
  publish: 'publish',
  delivery: 'delivery',
  'lambda-requests': 'Lambda requests',
  'lambda-duration': 'Lambda duration',
  s3: 'S3 requests',
  logs: 'logs',
  fixed: 'by the hour',
};

export interface LineItem {
  readonly category: CostCategory;
  /** What was bought, for people: `SQS receives`. */
  readonly item: string;
  readonly priceItem: PriceItem;
  /** May have a fraction: GB-seconds, shard-hours. */
  readonly quantity: number;
  /** Of `quantity`, in the singular. */
  readonly unit: string;
  readonly unitPriceUsd: number;
  /** `quantity` × `unitPriceUsd`. */
  readonly costUsd: number;
  /** How `quantity` comes about. */
  readonly formula: string;
}

/** @throws {UnknownPriceError} when `region` has no confirmed price for the item. */
export function computeLineItem(
  region: string,
  position: Pick<LineItem, 'category' | 'item' | 'priceItem' | 'quantity' | 'formula'>,
): LineItem {
  const { unitPriceUsd, unit } = priceOf(region, position.priceItem);
  const { category, item, priceItem, quantity, formula } = position;
  return { category, item, priceItem, quantity, unit, unitPriceUsd, costUsd: quantity * unitPriceUsd, formula };
}

export function sumCostUsd(items: readonly LineItem[]): number {
  return items.reduce((sum, { costUsd }) => sum + costUsd, 0);
}

/** One bill of several: equal items become one, their quantities and costs added; in order of first appearance. */
export function mergeLineItems(bills: readonly (readonly LineItem[])[]): LineItem[] {
  const merged = new Map<string, LineItem>();
  for (const lineItem of bills.flat()) {
    const before = merged.get(lineItem.item);
    merged.set(lineItem.item, {
      ...lineItem,
      quantity: lineItem.quantity + (before?.quantity ?? 0),
      costUsd: lineItem.costUsd + (before?.costUsd ?? 0),
    });
  }
  return [...merged.values()];
}
