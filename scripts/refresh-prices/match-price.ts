// Picks the price of one item from an offer: by the usagetype's end, because its beginning is the Region's; the first tier
// that costs something, because the free tier stands in rows of price 0.

import type { PriceItem } from '../../model/prices/price-list.ts';
import type { OfferQuery } from './offer-queries.ts';
import type { Offer, OfferProduct } from './parse-offer.ts';

export interface PriceQuestion {
  readonly item: PriceItem;
  readonly region: string;
  readonly query: OfferQuery;
}

/** Thrown when an offer has no price for an item. */
export class NoPriceError extends Error {
  override name = 'NoPriceError';
}

/** Thrown when an offer has several different prices for an item, so that the query says too little. */
export class AmbiguousPriceError extends Error {
  override name = 'AmbiguousPriceError';
}

/** `EU-`, `EUC1-`, `USW2-`, `APS2-`. Not `Global-` (the free tier), nor what makes another usagetype (`DirectPUT-no-rounding-`). */
const REGION_PREFIX = /^[A-Z]{2,4}\d{0,2}-/;

/**
 * @returns USD for one unit of AWS's, in AWS's digits.
 * @throws {NoPriceError} naming item, Region and query.
 * @throws {AmbiguousPriceError} naming also the SKUs to choose from.
 */
export function matchPrice(offer: Offer, question: PriceQuestion): string {
  const products = offer.products.filter((product) => isAskedFor(product, question));
  if (products.length === 0) throw new NoPriceError(`${describe(question)} is not in the offer`);
  const prices = products.flatMap((product) => findFirstPaidPrices(product).map((usd) => ({ sku: product.sku, usd })));
  const [first] = prices;
  if (!first) {
    const skus = products.map(({ sku }) => sku).join(', ');
    throw new NoPriceError(`${describe(question)} has no price above 0 in the offer (${skus})`);
  }
  if (prices.some(({ usd }) => Number(usd) !== Number(first.usd))) {
    const candidates = prices.map(({ sku, usd }) => `${sku} ${usd}`).join(', ');
    throw new AmbiguousPriceError(
      `${describe(question)} has different prices in the offer (${candidates}); narrow its query in scripts/refresh-prices/offer-queries.ts`,
    );
  }
  return first.usd;
}

function isAskedFor(product: OfferProduct, { region, query: { usagetypes, operation } }: PriceQuestion): boolean {
  return (
    product.region === region &&
    (usagetypes.includes(product.usagetype) || usagetypes.includes(product.usagetype.replace(REGION_PREFIX, ''))) &&
    (operation === undefined || product.operation === operation)
  );
}

/** One, unless two terms of a product disagree. */
function findFirstPaidPrices({ tiers }: OfferProduct): string[] {
  const paid = tiers.filter(({ usd }) => Number(usd) > 0);
  const begin = Math.min(...paid.map((tier) => tier.begin));
  return paid.filter((tier) => tier.begin === begin).map(({ usd }) => usd);
}

function describe({ item, region, query: { service, usagetypes, operation } }: PriceQuestion): string {
  const query = [service, usagetypes.join(' or '), operation].filter((part) => part !== undefined).join(', ');
  return `${item} in ${region} (${query})`;
}
