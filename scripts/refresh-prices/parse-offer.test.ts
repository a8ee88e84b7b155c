import { describe, expect, test } from 'vitest';
import { OfferFormatError, parseOffer } from './parse-offer.ts';
import { buildOffer } from './price-list-files.fixture.ts';
import sqsOffer from './sqs-offer.fixture.json' with { type: 'json' };

const URL = 'https://example.com/offer.json';

describe('parseOffer', () => {
  test('keeps of each product what a price is found by, with its tiers', () => {
    const { date, products } = parseOffer(URL, sqsOffer);

    expect(date).toBe('2026-10-08');
    expect(products.map(({ usagetype, region }) => [usagetype, region])).toEqual([
      ['EUW2-Requests-Tier1', 'eu-west-2'],
      ['EUW2-Requests-FIFO-Tier1', 'eu-west-2'],
      ['Global-Requests', ''],
    ]);
    expect(products[0]).toEqual({
      sku: 'STANDARDSKU000001',
      usagetype: 'EUW2-Requests-Tier1',
      operation: '',
      region: 'eu-west-2',
      tiers: [
        { begin: 100_000_000_000, usd: '0.0000003000' },
        { begin: 1_000_000, usd: '0.0000004000' },
        { begin: 0, usd: '0.0000000000' },
      ],
    });
  });

  test('gives a product without terms no tiers', () => {
    expect(parseOffer(URL, sqsOffer).products[2]?.tiers).toEqual([]);
  });

  test('leaves prices in another currency out', () => {
    const product = { attributes: { usagetype: 'CNN1-Requests-Tier1', regionCode: 'cn-north-1' } };
    const terms = {
      OnDemand: { A: { 'A.B': { priceDimensions: { 'A.B.C': { pricePerUnit: { CNY: '0.000003' } } } } } },
    };

    const offer = parseOffer(URL, { publicationDate: '2026-10-08T12:00:00Z', products: { A: product }, terms });

    expect(offer.products[0]?.tiers).toEqual([]);
  });

  test.each([
    ['no object', [], `${URL} is not what AWS documents: : Invalid input: expected object, received array`],
    [
      'no date',
      { ...sqsOffer, publicationDate: 'yesterday' },
      `${URL} is not what AWS documents: publicationDate: Invalid ISO datetime; see scripts/refresh-prices/parse-offer.ts`,
    ],
    [
      'products in a list, and no terms',
      { ...sqsOffer, products: [], terms: undefined },
      `${URL} is not what AWS documents: products: Invalid input: expected record, received array, and 1 more; see`,
    ],
    [
      'a price that is a number',
      {
        ...sqsOffer,
        terms: { OnDemand: { A: { 'A.B': { priceDimensions: { 'A.B.C': { pricePerUnit: { USD: 0.4 } } } } } } },
      },
      'terms.OnDemand.A.A.B.priceDimensions.A.B.C.pricePerUnit.USD: Invalid input: expected string, received number',
    ],
  ])('refuses %s, naming file and key', (_what, content, message) => {
    const act = () => parseOffer(URL, content);

    expect(act).toThrow(OfferFormatError);
    expect(act).toThrow(message);
  });

  test('reads what the fixtures build', () => {
    const row = { usagetype: 'Request', operation: 'Invoke', usdByBegin: { 0: '0.1' } };

    expect(parseOffer(URL, buildOffer('AWSLambda', 'eu-west-1', [row])).products).toEqual([
      {
        sku: 'SKU1',
        usagetype: 'Request',
        operation: 'Invoke',
        region: 'eu-west-1',
        tiers: [{ begin: 0, usd: '0.1' }],
      },
    ]);
  });
});
