// Reads the prices of items in Regions from AWS's offers, each offer once. All or nothing: what is refused is told together.

import { PRICED_ITEMS, type PricedItem, type PriceEntry, type PriceItem } from '../../model/prices/price-list.ts';
import { type LoadOffer, OfferNotFoundError } from './load-offer.ts';
import { AmbiguousPriceError, matchPrice, NoPriceError, type PriceQuestion } from './match-price.ts';
import { GIVEN_AWAY, OFFER_QUERIES, type OfferQuery } from './offer-queries.ts';
import type { Offer } from './parse-offer.ts';

export interface FoundPrice {
  readonly item: PriceItem;
  readonly region: string;
  readonly entry: PriceEntry;
}

/** Thrown when a price is not in AWS's price list, or not only once. Its `errors` say of each what is wrong. */
export class RefusedPricesError extends AggregateError {
  override name = 'RefusedPricesError';
}

/** A key of the price list's sources. */
export const PRICE_LIST_SOURCE = 'price-list';

/** What AWS bills, and so has a price of in its offers. */
export const BILLED_ITEMS: readonly PriceItem[] = Object.keys(OFFER_QUERIES)
  .filter((item) => isPriceItem(item))
  .filter((item) => OFFER_QUERIES[item] !== GIVEN_AWAY);

/**
 * @throws {OfferDownloadError}
 * @throws {OfferFormatError}
 * @throws {RefusedPricesError} naming every item and Region that has no price, or several.
 */
export async function collectPrices(
  loadOffer: LoadOffer,
  { items, regions }: { readonly items: readonly PriceItem[]; readonly regions: readonly string[] },
): Promise<FoundPrice[]> {
  const found: FoundPrice[] = [];
  const errors: Error[] = [];
  for (const [service, queries] of groupByService(items)) {
    for (const region of regions) {
      await tryTo(errors, async () => {
        const offer = await loadOffer(service, region);
        for (const [item, query] of queries) {
          await tryTo(errors, () => {
            found.push({ item, region, entry: readEntry(offer, { item, region, query }) });
          });
        }
      });
    }
  }
  if (errors.length > 0) {
    const causes = errors.map(({ name, message }) => `\n  ${name}: ${message}`).join('');
    throw new RefusedPricesError(
      errors,
      `nothing was written; to go without these, say with --items and --regions which prices to read${causes}`,
    );
  }
  return found;
}

function groupByService(items: readonly PriceItem[]): Map<string, [PriceItem, OfferQuery][]> {
  const groups = new Map<string, [PriceItem, OfferQuery][]>();
  for (const item of items) {
    const query = OFFER_QUERIES[item];
    if (query === GIVEN_AWAY) continue;
    groups.set(query.service, [...(groups.get(query.service) ?? []), [item, query]]);
  }
  return groups;
}

async function tryTo(errors: Error[], act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    const refused =
      error instanceof NoPriceError || error instanceof AmbiguousPriceError || error instanceof OfferNotFoundError;
    if (!refused) throw error;
    errors.push(error);
  }
}

function readEntry(offer: Offer, question: PriceQuestion): PriceEntry {
  const { per }: PricedItem = PRICED_ITEMS[question.item];
  const usd = shiftPoint(matchPrice(offer, question), Math.log10(per));
  return { usd, date: offer.date, source: PRICE_LIST_SOURCE };
}

/** Moves the decimal point to the right in AWS's digits. A product of binary fractions may be off in the last place. */
function shiftPoint(decimal: string, places: number): number {
  const [digits, exponent = '0'] = decimal.toLowerCase().split('e');
  return Number(`${digits}e${Number(exponent) + places}`);
}

function isPriceItem(item: string): item is PriceItem {
  return Object.hasOwn(PRICED_ITEMS, item);
}
