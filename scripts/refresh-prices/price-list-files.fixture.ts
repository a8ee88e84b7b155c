// AWS's Price List as a set of files, in the shape that AWS documents, and a fetch that answers from them.
// https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/using-the-aws-price-list-bulk-api.html

import { type FetchUrl, PRICE_LIST_ORIGIN } from './load-offer.ts';

export interface OfferRow {
  readonly usagetype: string;
  readonly operation?: string;
  /** The offer's own unless it says another. */
  readonly region?: string;
  /** USD for one unit by where the tier begins. */
  readonly usdByBegin: Readonly<Record<string, string>>;
}

/** By path. */
export type PriceListFiles = Readonly<Record<string, unknown>>;

const PUBLISHED = '2027-01-15T08:30:00Z';

export function buildOffer(service: string, region: string, rows: readonly OfferRow[]): unknown {
  const skus = rows.map((row, index) => ({ sku: `SKU${index + 1}`, row }));
  return {
    formatVersion: 'v1.0',
    offerCode: service,
    version: '20270115083000',
    publicationDate: PUBLISHED,
    products: Object.fromEntries(
      skus.map(({ sku, row }) => {
        const { usagetype, operation = '', region: regionCode = region } = row;
        return [sku, { sku, attributes: { servicecode: service, usagetype, operation, regionCode } }];
      }),
    ),
    terms: { OnDemand: Object.fromEntries(skus.map(({ sku, row }) => [sku, buildTerms(sku, row)])) },
  };
}

/** @param offers By service and Region. */
export function buildPriceListFiles(
  offers: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): PriceListFiles {
  const files: Record<string, unknown> = {};
  const index: Record<string, unknown> = {};
  for (const [service, offersByRegion] of Object.entries(offers)) {
    const folder = `/offers/v1.0/aws/${service}`;
    const regions: Record<string, unknown> = {};
    for (const [region, offer] of Object.entries(offersByRegion)) {
      const currentVersionUrl = `${folder}/20270115083000/${region}/index.json`;
      regions[region] = { regionCode: region, currentVersionUrl };
      files[currentVersionUrl] = offer;
    }
    const currentRegionIndexUrl = `${folder}/current/region_index.json`;
    index[service] = { offerCode: service, currentVersionUrl: `${folder}/current/index.json`, currentRegionIndexUrl };
    files[currentRegionIndexUrl] = { formatVersion: 'v1.0', publicationDate: PUBLISHED, regions };
  }
  files['/offers/v1.0/aws/index.json'] = { formatVersion: 'v1.0', publicationDate: PUBLISHED, offers: index };
  return files;
}

/** Answers 404 where there is no file, and notes what it was asked for. */
export function serveFiles(files: PriceListFiles): { readonly fetchUrl: FetchUrl; readonly asked: string[] } {
  const asked: string[] = [];
  const fetchUrl: FetchUrl = async (url) => {
    const path = url.replace(PRICE_LIST_ORIGIN, '');
    asked.push(path);
    return Object.hasOwn(files, path) ? Response.json(files[path]) : new Response('', { status: 404 });
  };
  return { fetchUrl, asked };
}

function buildTerms(sku: string, { usdByBegin }: OfferRow): unknown {
  const tiers = Object.entries(usdByBegin).map(([beginRange, usd], index) => {
    const rateCode = `${sku}.JRTCKXETXF.RATE${index}`;
    return [rateCode, { rateCode, beginRange, endRange: 'Inf', unit: 'Requests', pricePerUnit: { USD: usd } }];
  });
  const term = `${sku}.JRTCKXETXF`;
  return { [term]: { sku, offerTermCode: 'JRTCKXETXF', priceDimensions: Object.fromEntries(tiers) } };
}
