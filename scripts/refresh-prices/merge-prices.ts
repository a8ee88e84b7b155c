// Puts prices that were just read into the price list, and says what that changes. What was not read stays.

import type { PriceEntry, PriceItem, PriceList } from '../../model/prices/price-list.ts';
import { type FoundPrice, PRICE_LIST_SOURCE } from './collect-prices.ts';

export interface PriceChange {
  readonly item: PriceItem;
  readonly region: string;
  /** Absent where there was no price. */
  readonly before?: PriceEntry;
  readonly after: PriceEntry;
}

/** AWS publishes a list every few days, so a price that only has a later date has not changed. */
export function comparePrices({ prices }: PriceList, found: readonly FoundPrice[]): PriceChange[] {
  return found
    .map(({ item, region, entry }) => ({ item, region, before: prices[item][region], after: entry }))
    .filter(({ before, after }) => before?.usd !== after.usd)
    .map(({ before, ...change }) => (before ? { ...change, before } : change));
}

export function mergePrices(list: PriceList, found: readonly FoundPrice[]): PriceList {
  const prices = { ...list.prices };
  for (const { item, region, entry } of found) prices[item] = { ...prices[item], [region]: entry };
  const used = new Set(Object.values(prices).flatMap((regions) => Object.values(regions).map(({ source }) => source)));
  const sources = { [PRICE_LIST_SOURCE]: 'AWS Price List', ...list.sources };
  return { sources: Object.fromEntries(Object.entries(sources).filter(([source]) => used.has(source))), prices };
}
