// Looks a price up.

import { PRICE_LIST, type PricedItem, type PriceItem } from './price-list.ts';

export interface Price {
  /** For one `unit`. */
  readonly unitPriceUsd: number;
  readonly unit: string;
  /** As AWS quotes it: `0.40 per 1,000,000`. */
  readonly quote: string;
  readonly source: string;
  /** The day of the price list, or the month where the day is not known. ISO 8601. */
  readonly date: string;
}

/** Thrown when no confirmed price is known for an item in a Region. A cost without it would be too low in silence. */
export class UnknownPriceError extends Error {
  override name = 'UnknownPriceError';
}

/** @throws {UnknownPriceError} naming item and Region. */
export function priceOf(region: string, item: PriceItem): Price {
  const { unit, per, source, regions }: PricedItem = PRICE_LIST[item];
  const entry = Object.hasOwn(regions, region) ? regions[region] : undefined;
  if (!entry) {
    throw new UnknownPriceError(
      `no confirmed price of ${item} in ${region}, only in ${Object.keys(regions).join(', ')}; look it up at ${source} and add it to model/prices/price-list.ts`,
    );
  }
  return {
    unitPriceUsd: entry.usd / per,
    unit,
    quote: per === 1 ? `${entry.usd}` : `${entry.usd} per ${per.toLocaleString('en-US')}`,
    source,
    date: entry.date,
  };
}
