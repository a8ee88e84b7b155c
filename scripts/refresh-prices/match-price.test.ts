import { describe, expect, test } from 'vitest';
import type { PriceItem } from '../../model/prices/price-list.ts';
import { AmbiguousPriceError, matchPrice, NoPriceError } from './match-price.ts';
import { GIVEN_AWAY, OFFER_QUERIES, type OfferQuery } from './offer-queries.ts';
import { type Offer, parseOffer } from './parse-offer.ts';
import { buildOffer, type OfferRow } from './price-list-files.fixture.ts';
import sqsOffer from './sqs-offer.fixture.json' with { type: 'json' };

const FREE = { 0: '0.0000000000' };

function offerOf(region: string, rows: readonly OfferRow[]): Offer {
  return parseOffer('offer', buildOffer('AWSService', region, rows));
}

function queryOf(item: PriceItem): OfferQuery {
  const query = OFFER_QUERIES[item];
  if (query === GIVEN_AWAY) throw new Error(`${item} is given away`);
  return query;
}

function match(offer: Offer, region: string, item: PriceItem): string {
  return matchPrice(offer, { item, region, query: queryOf(item) });
}

describe('matchPrice', () => {
  test('takes the first tier that costs something, in whatever order tiers and free rows come', () => {
    expect(match(parseOffer('offer', sqsOffer), 'eu-west-2', 'sqs.request')).toBe('0.0000004000');
  });

  test('orders tiers by number, not by digits', () => {
    const offer = offerOf('eu-west-1', [
      { usagetype: 'EU-BilledBytes', usdByBegin: { 1000000: '0.02', 512000: '0.031', '0': '0' } },
    ]);

    expect(match(offer, 'eu-west-1', 'firehose.gb')).toBe('0.031');
  });

  test.each<[PriceItem, string, string, string?]>([
    ['sqs.request', 'us-east-1', 'Requests-RBP'],
    ['sqs.request', 'ap-southeast-2', 'APS2-Requests-Tier1'],
    ['eventbridge.event', 'us-east-1', 'USE1-Event-64K-Chunks', 'PutEvents'],
    ['kinesis.shard-hour', 'eu-central-1', 'EUC1-Storage-ShardHour', 'shardHourStorage'],
    ['kinesis.put-payload-unit', 'us-east-1', 'PutRequestPayloadUnits', 'PutRequest'],
    ['firehose.gb', 'eu-west-1', 'EU-BilledBytes', 'PutRecordBatch'],
    ['lambda.request', 'us-west-2', 'USW2-Request'],
    ['lambda.request', 'us-west-2', 'USW2-Request-ARM'],
    ['lambda.gb-second-arm64', 'eu-west-2', 'EUW2-Lambda-GB-Second-ARM'],
    ['s3.put', 'us-east-1', 'Requests-Tier1'],
    ['s3.get', 'eu-west-1', 'EU-Requests-Tier2'],
    ['cloudwatch.metric-requested', 'us-east-1', 'CW:GMD-Metrics'],
    ['cloudwatch.metric-requested', 'eu-central-1', 'EUC1-CW:GMD-Metrics'],
    ['logs.gb', 'ap-southeast-2', 'APS2-DataProcessing-Bytes'],
    ['states.transition', 'eu-west-1', 'EU-StateTransition'],
  ])('finds %s in %s under %s', (item, region, usagetype, operation = '') => {
    const offer = offerOf(region, [{ usagetype, operation, usdByBegin: { 0: '0.25' } }]);

    expect(match(offer, region, item)).toBe('0.25');
  });

  test.each<[PriceItem, string, string?]>([
    ['sqs.request', 'EU-Requests-FIFO-Tier1'],
    ['sqs.request', 'EU-Requests-Fair-Tier1'],
    ['sqs.request', 'Global-Requests-Tier1'],
    ['eventbridge.event', 'EU-Event-64K-Chunks', 'PutPartnerEvents'],
    ['eventbridge.event', 'EU-Event-8K-Chunks', 'PutEvents'],
    ['kinesis.shard-hour', 'EU-Extended-ShardHour', 'shardHourStorage'],
    ['firehose.gb', 'EU-StreamsSourceBilledBytes'],
    ['firehose.gb', 'EU-DirectPUT-no-rounding-BilledBytes'],
    ['lambda.request', 'Global-Request'],
    ['lambda.request', 'Lambda-Edge-Request'],
    ['lambda.gb-second-arm64', 'EU-Lambda-GB-Second'],
    ['s3.put', 'EU-Requests-SIA-Tier1'],
    ['s3.put', 'EU-Tables-Requests-Tier1'],
    ['logs.gb', 'EU-DataProcessingIA-Bytes'],
    ['states.transition', 'EU-StepFunctions-Request'],
  ])('does not take for %s what is %s', (item, usagetype, operation = '') => {
    const offer = offerOf('eu-west-1', [{ usagetype, operation, usdByBegin: { 0: '0.25' } }]);

    expect(() => match(offer, 'eu-west-1', item)).toThrow(NoPriceError);
  });

  test('takes the price of the Region, whatever else its offer has', () => {
    const offer = offerOf('us-west-2', [
      { usagetype: 'LAX1-Requests-Tier1', region: 'us-west-2-lax-1', usdByBegin: { 0: '0.9' } },
      { usagetype: 'Requests-Tier1', region: '', usdByBegin: FREE },
      { usagetype: 'USW2-Requests-Tier1', usdByBegin: { 0: '0.000005' } },
    ]);

    expect(match(offer, 'us-west-2', 's3.put')).toBe('0.000005');
  });

  test('takes the price that several products have in common', () => {
    const offer = offerOf('eu-west-1', [
      { usagetype: 'EU-BilledBytes', operation: 'PutRecord', usdByBegin: { 0: '0.0310000000' } },
      { usagetype: 'EU-BilledBytes', operation: 'PutRecordBatch', usdByBegin: { 0: '0.031' } },
    ]);

    expect(match(offer, 'eu-west-1', 'firehose.gb')).toBe('0.0310000000');
  });

  test('refuses products of different prices, naming them', () => {
    const offer = offerOf('eu-west-1', [
      { usagetype: 'EU-BilledBytes', operation: 'PutRecord', usdByBegin: { 0: '0.031' } },
      { usagetype: 'EU-BilledBytes', operation: 'PutRecordBatch', usdByBegin: { 0: '0.08' } },
    ]);

    expect(() => match(offer, 'eu-west-1', 'firehose.gb')).toThrow(
      new AmbiguousPriceError(
        'firehose.gb in eu-west-1 (AmazonKinesisFirehose, BilledBytes) has different prices in the offer (SKU1 0.031, SKU2 0.08); narrow its query in scripts/refresh-prices/offer-queries.ts',
      ),
    );
  });

  test('refuses two terms of one product that differ in their first tier', () => {
    const product = { attributes: { usagetype: 'EU-BilledBytes', regionCode: 'eu-west-1' } };
    const term = (usd: string) => ({ priceDimensions: { rate: { beginRange: '0', pricePerUnit: { USD: usd } } } });
    const offer = parseOffer('offer', {
      publicationDate: '2026-10-08T12:00:00Z',
      products: { A: product },
      terms: { OnDemand: { A: { 'A.B': term('0.031'), 'A.C': term('0.029') } } },
    });

    expect(() => match(offer, 'eu-west-1', 'firehose.gb')).toThrow(AmbiguousPriceError);
  });

  test('refuses an offer without the item, naming item, Region and query', () => {
    expect(() => match(offerOf('eu-west-1', []), 'eu-west-1', 'eventbridge.event')).toThrow(
      new NoPriceError('eventbridge.event in eu-west-1 (AWSEvents, Event-64K-Chunks, PutEvents) is not in the offer'),
    );
  });

  test.each([
    ['nothing but a free tier', FREE],
    ['no tier at all', {}],
    ['a price that is no number', { 0: 'free' }],
  ])('refuses an item with %s: free is not a price', (_what, usdByBegin) => {
    const offer = offerOf('eu-west-1', [{ usagetype: 'EU-Requests-Tier1', usdByBegin }]);

    expect(() => match(offer, 'eu-west-1', 'sqs.request')).toThrow(
      new NoPriceError(
        'sqs.request in eu-west-1 (AWSQueueService, Requests-RBP or Requests-Tier1) has no price above 0 in the offer (SKU1)',
      ),
    );
  });
});
