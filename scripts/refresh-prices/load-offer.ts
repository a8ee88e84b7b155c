// Finds and downloads AWS's offer files: the index names each service's region index, that names the offer of each Region.
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html

import { z } from 'zod';
import { type Offer, parseFile, parseOffer } from './parse-offer.ts';

/** The one way out to the network. */
export type FetchUrl = (url: string) => Promise<Response>;

export type LoadOffer = (service: string, region: string) => Promise<Offer>;

/** Thrown when a file of the Price List cannot be had. */
export class OfferDownloadError extends Error {
  override name = 'OfferDownloadError';
}

/** Thrown when AWS's price list has no such service, or has it not in that Region. */
export class OfferNotFoundError extends Error {
  override name = 'OfferNotFoundError';
}

/** Needs no credentials. The same for all Regions. */
export const PRICE_LIST_ORIGIN = 'https://pricing.us-east-1.amazonaws.com';

const INDEX_PATH = '/offers/v1.0/aws/index.json';

const indexSchema = z.object({
  offers: z.record(z.string(), z.object({ currentRegionIndexUrl: z.string().optional() })),
});

const regionIndexSchema = z.object({ regions: z.record(z.string(), z.object({ currentVersionUrl: z.string() })) });

/**
 * Each index is downloaded once; an offer each time, because it is large.
 * @returns a function that throws OfferDownloadError, OfferFormatError or OfferNotFoundError.
 */
export function createOfferLoader(fetchUrl: FetchUrl): LoadOffer {
  const download = memoize(async (path: string) => downloadJson(fetchUrl, path));

  return async (service, region) => {
    const index = parseFile(indexSchema, urlOf(INDEX_PATH), await download(INDEX_PATH));
    const regionIndexPath = index.offers[service]?.currentRegionIndexUrl;
    if (!regionIndexPath) throw new OfferNotFoundError(`AWS's price list has no offer ${service} by Region`);
    const { regions } = parseFile(regionIndexSchema, urlOf(regionIndexPath), await download(regionIndexPath));
    const offerPath = regions[region]?.currentVersionUrl;
    if (!offerPath) {
      throw new OfferNotFoundError(
        `AWS's price list has ${service} not in ${region}, only in ${Object.keys(regions).join(', ')}`,
      );
    }
    return parseOffer(urlOf(offerPath), await downloadJson(fetchUrl, offerPath));
  };
}

async function downloadJson(fetchUrl: FetchUrl, path: string): Promise<unknown> {
  const url = urlOf(path);
  try {
    const response = await fetchUrl(url);
    if (!response.ok) throw new OfferDownloadError(`${url} answers ${response.status}`);
    return await response.json();
  } catch (error) {
    if (error instanceof OfferDownloadError) throw error;
    throw new OfferDownloadError(`${url} cannot be read: ${explain(error)}`, { cause: error });
  }
}

function urlOf(path: string): string {
  return new URL(path, PRICE_LIST_ORIGIN).href;
}

/** fetch hides in the cause what happened: its own message is `fetch failed`, whatever it was. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}

function memoize<Value>(load: (key: string) => Promise<Value>): (key: string) => Promise<Value> {
  const loaded = new Map<string, Promise<Value>>();
  return (key) => {
    const value = loaded.get(key) ?? load(key);
    loaded.set(key, value);
    return value;
  };
}
