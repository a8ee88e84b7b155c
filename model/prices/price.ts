// Looks a price up.

import { EVERY_REGION, PRICE_LIST, PRICED_ITEMS, type PricedItem, type PriceItem } from './price-list.ts';

export interface Price {
  /** For one `unit`. */
  readonly unitPriceUsd: number;
  readonly unit: string;
  /** As AWS quotes it: `0.40 per 1,000,000`. */
  readonly quote: string;
  /** AWS's own page, to look the price up. */
  readonly page: string;
  /** Where this price was read. */
  readonly source: string;
  /** The day of the price list, or the month or year where the day is not known. ISO 8601. */
  readonly date: string;
}

/** Thrown when no confirmed price is known for an item in a Region. A cost without it would be too low in silence. */
export class UnknownPriceError extends Error {
  override name = 'UnknownPriceError';
}

/** @throws {UnknownPriceError} naming item and Region. */
export function priceOf(region: string, item: PriceItem): Price {
  const { unit, per, page }: PricedItem = PRICED_ITEMS[item];
  const regions = PRICE_LIST.prices[item];
  const entry = Object.hasOwn(regions, region) ? regions[region] : regions[EVERY_REGION];
  if (!entry) {
    throw new UnknownPriceError(
      `no confirmed price of ${item} in ${region}, only in ${Object.keys(regions).join(', ')}; read it from AWS with npm run prices:refresh -- --regions ${region}, or look it up at ${page} and add it to model/prices/price-list.json`,
    );
  }
  return {
    unitPriceUsd: entry.usd / per,
    unit,
    quote: renderQuote(item, entry.usd),
    page,
    source: PRICE_LIST.sources[entry.source] ?? entry.source,
    date: entry.date,
  };
}

/** USD for as many units as AWS quotes: `0.4 per 1,000,000`. */
export function renderQuote(item: PriceItem, usd: number): string {
  const { per }: PricedItem = PRICED_ITEMS[item];
  return per === 1 ? `${usd}` : `${usd} per ${per.toLocaleString('en-US')}`;
}
