import { describe, expect, test } from 'vitest';
import { createOfferLoader, OfferDownloadError, OfferNotFoundError } from './load-offer.ts';
import { OfferFormatError } from './parse-offer.ts';
import { buildOffer, buildPriceListFiles, serveFiles } from './price-list-files.fixture.ts';

const files = buildPriceListFiles({
  AWSEvents: {
    'eu-west-1': buildOffer('AWSEvents', 'eu-west-1', [{ usagetype: 'EU-Event-64K-Chunks', usdByBegin: { 0: '1' } }]),
    'eu-west-2': buildOffer('AWSEvents', 'eu-west-2', [{ usagetype: 'EUW2-Event-64K-Chunks', usdByBegin: { 0: '2' } }]),
  },
});

describe('the offer loader', () => {
  test("downloads the Region's own offer, by the indexes, and the indexes once", async () => {
    const { fetchUrl, asked } = serveFiles(files);
    const loadOffer = createOfferLoader(fetchUrl);

    const offers = [await loadOffer('AWSEvents', 'eu-west-2'), await loadOffer('AWSEvents', 'eu-west-1')];

    expect(offers.map(({ products }) => products[0]?.usagetype)).toEqual([
      'EUW2-Event-64K-Chunks',
      'EU-Event-64K-Chunks',
    ]);
    expect(asked).toEqual([
      '/offers/v1.0/aws/index.json',
      '/offers/v1.0/aws/AWSEvents/current/region_index.json',
      '/offers/v1.0/aws/AWSEvents/20270115083000/eu-west-2/index.json',
      '/offers/v1.0/aws/AWSEvents/20270115083000/eu-west-1/index.json',
    ]);
  });

  test.each([
    ['AWSWeather', 'eu-west-1', "AWS's price list has no offer AWSWeather by Region"],
    ['AWSEvents', 'mars-north-1', "AWS's price list has AWSEvents not in mars-north-1, only in eu-west-1, eu-west-2"],
    ['constructor', 'eu-west-1', "AWS's price list has no offer constructor by Region"],
  ])('says that there is no offer of %s in %s', async (service, region, message) => {
    const loading = createOfferLoader(serveFiles(files).fetchUrl)(service, region);

    await expect(loading).rejects.toThrow(new OfferNotFoundError(message));
  });

  test('names file and status of a download that fails', async () => {
    const loading = createOfferLoader(serveFiles({}).fetchUrl)('AWSEvents', 'eu-west-1');

    await expect(loading).rejects.toThrow(
      new OfferDownloadError('https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json answers 404'),
    );
  });

  test('names file and cause where there is no answer', async () => {
    const loadOffer = createOfferLoader(async () => {
      throw new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') });
    });

    await expect(loadOffer('AWSEvents', 'eu-west-1')).rejects.toThrow(
      new OfferDownloadError(
        'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/index.json cannot be read: fetch failed: getaddrinfo ENOTFOUND',
      ),
    );
  });

  test('names the file that is not JSON', async () => {
    const loadOffer = createOfferLoader(async () => new Response('<html>'));

    await expect(loadOffer('AWSEvents', 'eu-west-1')).rejects.toThrow(OfferDownloadError);
    await expect(loadOffer('AWSEvents', 'eu-west-1')).rejects.toThrow('/offers/v1.0/aws/index.json cannot be read: ');
  });

  test('refuses an index that looks otherwise', async () => {
    const { fetchUrl } = serveFiles({ '/offers/v1.0/aws/index.json': { offers: [] } });

    await expect(createOfferLoader(fetchUrl)('AWSEvents', 'eu-west-1')).rejects.toThrow(OfferFormatError);
  });
});
