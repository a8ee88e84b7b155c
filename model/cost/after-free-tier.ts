// What is left to pay when AWS's monthly allowances are taken off.

import { FREE_TIER } from '../prices/free-tier.ts';
import type { PriceItem } from '../prices/price-list.ts';
import type { LineItem } from './line-item.ts';

/** A position with what is left of its cost. */
export interface BilledLineItem extends LineItem {
  /** `costUsd` × the share of the quantity that no allowance covers; 0 where all of it is covered. */
  readonly afterFreeTierUsd: number;
}

/** Of each price item's quantity, the share from 0 to 1 that no allowance covers. */
export type BilledShares = ReadonlyMap<PriceItem, number>;

/**
 * The shares of a bill, given all of its items: what is beyond an allowance is shared by everybody who used the item, in
 * proportion. The month's allowance is taken to be unspent otherwise.
 */
export function computeBilledShares(items: readonly Pick<LineItem, 'priceItem' | 'quantity'>[]): BilledShares {
  const quantities = new Map<PriceItem, number>();
  for (const { priceItem, quantity } of items) quantities.set(priceItem, (quantities.get(priceItem) ?? 0) + quantity);
  return new Map([...quantities].map(([item, quantity]) => [item, computeShare(item, quantity)]));
}

function computeShare(item: PriceItem, quantity: number): number {
  return quantity === 0 ? 1 : computeBilledQuantity(item, quantity) / quantity;
}

/** What is billed of a month's `quantity`. */
export function computeBilledQuantity(item: PriceItem, quantity: number): number {
  return Math.max(0, quantity - (FREE_TIER[item]?.quantityPerMonth ?? 0));
}

/** An item that `shares` does not know is billed in full. */
export function applyFreeTier(items: readonly LineItem[], shares: BilledShares): BilledLineItem[] {
  return items.map((item) => ({ ...item, afterFreeTierUsd: item.costUsd * (shares.get(item.priceItem) ?? 1) }));
}

export function sumAfterFreeTierUsd(items: readonly Pick<BilledLineItem, 'afterFreeTierUsd'>[]): number {
  return items.reduce((sum, { afterFreeTierUsd }) => sum + afterFreeTierUsd, 0);
}
