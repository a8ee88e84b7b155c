// The door for AWS's offer files: what is needed of one, checked. Keys that are not needed here may come and go.

import { z } from 'zod';

export interface Offer {
  /** The day it was published. ISO 8601. */
  readonly date: string;
  readonly products: readonly OfferProduct[];
}

export interface OfferProduct {
  readonly sku: string;
  readonly usagetype: string;
  readonly operation: string;
  /** Empty for what is billed for all Regions together, such as the free tier. */
  readonly region: string;
  readonly tiers: readonly PriceTier[];
}

export interface PriceTier {
  /** The usage from which on it holds, in AWS's unit. */
  readonly begin: number;
  /** For one unit, in AWS's digits. */
  readonly usd: string;
}

/** Thrown when a file of the Price List does not look as AWS documents it. */
export class OfferFormatError extends Error {
  override name = 'OfferFormatError';
}

const dimensionSchema = z.object({
  beginRange: z.string().default('0'),
  // Another currency stands alone, as in China's Regions.
  pricePerUnit: z.object({ USD: z.string().optional() }),
});

const offerSchema = z.object({
  publicationDate: z.iso.datetime(),
  products: z.record(
    z.string(),
    z.object({
      attributes: z.object({
        usagetype: z.string().default(''),
        operation: z.string().default(''),
        regionCode: z.string().default(''),
      }),
    }),
  ),
  terms: z.object({
    OnDemand: z
      .record(z.string(), z.record(z.string(), z.object({ priceDimensions: z.record(z.string(), dimensionSchema) })))
      .default({}),
  }),
});

/** @throws {OfferFormatError} naming the file and what is wrong with it. */
export function parseOffer(url: string, content: unknown): Offer {
  const { publicationDate, products, terms } = parseFile(offerSchema, url, content);
  return {
    date: publicationDate.slice(0, 'YYYY-MM-DD'.length),
    products: Object.entries(products).map(([sku, { attributes }]) => ({
      sku,
      usagetype: attributes.usagetype,
      operation: attributes.operation,
      region: attributes.regionCode,
      tiers: Object.values(terms.OnDemand[sku] ?? {})
        .flatMap(({ priceDimensions }) => Object.values(priceDimensions))
        .flatMap(({ beginRange, pricePerUnit: { USD: usd } }) =>
          usd === undefined ? [] : [{ begin: Number(beginRange), usd }],
        ),
    })),
  };
}

/**
 * Any file of the Price List.
 * @throws {OfferFormatError} naming the file and what is wrong with it.
 */
export function parseFile<Schema extends z.ZodType>(schema: Schema, url: string, content: unknown): z.infer<Schema> {
  const { data, error } = schema.safeParse(content);
  if (!error) return data;
  const [first, ...others] = error.issues;
  const more = others.length > 0 ? `, and ${others.length} more` : '';
  throw new OfferFormatError(
    `${url} is not what AWS documents: ${first?.path.join('.')}: ${first?.message}${more}; see scripts/refresh-prices/parse-offer.ts`,
  );
}
