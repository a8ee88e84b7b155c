import { describe, expect, test } from 'vitest';
import { computeArrivalKey, computeArrivalsPrefix, parseArrivalKey } from '../model/keys.ts';
import { createInMemoryBucket } from './in-memory-bucket.fixture.ts';
import { listInRanges } from './list-in-ranges.ts';

const START_MS = 1_800_000_000_000;
const PAGE_OBJECTS = 1000;
const PREFIX = computeArrivalsPrefix('run', 'sqs-b1-r1');

/** `instants` in milliseconds after the start, one object each. */
function createBucket(instants: readonly number[]) {
  const bucket = createInMemoryBucket({ pageObjects: PAGE_OBJECTS });
  for (const [index, instant] of instants.entries()) {
    const manifest = { coldStart: false, initMs: 0, deliveries: [{ sequence: index }] };
    const invocation = { receivedAtMs: START_MS + instant, requestId: `r${index}`, manifest };
    bucket.put(computeArrivalKey('run', 'sqs-b1-r1', invocation), '{}');
  }
  // Somebody else's, which begins alike.
  bucket.put(`${computeArrivalsPrefix('run', 'sqs-b1-r10')}${START_MS}-1-x.ndjson`, '{}');
  return bucket;
}

async function list(bucket: ReturnType<typeof createBucket>, lastMs: number, startAfter?: string): Promise<string[]> {
  const keys: string[] = [];
  await listInRanges(bucket, { prefix: PREFIX, startAfter, lastMs: START_MS + lastMs }, (page) => {
    keys.push(...page.map(({ key }) => key));
  });
  return keys;
}

const ofTrial = (bucket: ReturnType<typeof createBucket>) =>
  [...bucket.objects.keys()].filter((key) => key.startsWith(PREFIX)).sort();
const rangesOf = (bucket: ReturnType<typeof createBucket>) =>
  bucket.listings.filter(({ isFirstPage }) => isFirstPage).length;

describe('listInRanges', () => {
  test.each([
    ['evenly', Array.from({ length: 30_000 }, (_, index) => index)],
    ['several to an instant', Array.from({ length: 30_000 }, (_, index) => Math.floor(index / 100) * 100)],
    ['with gaps', Array.from({ length: 30_000 }, (_, index) => index + (index % 1000 < 500 ? 0 : 10_000))],
    ['later than it was told', Array.from({ length: 30_000 }, (_, index) => 2 * index)],
  ])('hands over each object once when they lie %s, from ranges side by side', async (_how, instants) => {
    const bucket = createBucket(instants);
    const keys = await list(bucket, 30_000);

    expect(keys.toSorted()).toEqual(ofTrial(bucket));
    expect(rangesOf(bucket)).toBeGreaterThan(1);
    expect(rangesOf(bucket)).toBeLessThan(70);
  });

  test.each([
    ['few are to come', Array.from({ length: 4500 }, (_, index) => index * 6), 30_000],
    ['all fit on a page', [0], 1_000_000],
    ['all fit on two pages', Array.from({ length: 1500 }, (_, index) => index), 3000],
    ['the last instant is past', Array.from({ length: 9000 }, (_, index) => index), 3],
    ['there are none', [], 30_000],
  ])('lists one page after the other when %s', async (_when, instants, lastMs) => {
    const bucket = createBucket(instants);

    expect(await list(bucket, lastMs)).toEqual(ofTrial(bucket));
    expect(rangesOf(bucket)).toBe(1);
  });

  test('begins after the key that it was told', async () => {
    const bucket = createBucket(Array.from({ length: 20_000 }, (_, index) => index));
    const [, , third = ''] = ofTrial(bucket);
    const keys = await list(bucket, 20_000, third);

    expect(keys.toSorted()).toEqual(ofTrial(bucket).slice(3));
  });

  test('lists objects with other names one page after the other', async () => {
    const bucket = createInMemoryBucket({ pageObjects: PAGE_OBJECTS });
    const keys = Array.from({ length: 9000 }, (_, index) => `${PREFIX}2026/11/29/12/part-${1000 + index}`);
    for (const key of keys) bucket.put(key, '{}');

    expect(parseArrivalKey(keys[0] ?? '')).toBeUndefined();
    expect(await list(bucket, 30_000)).toEqual(keys);
    expect(rangesOf(bucket)).toBe(1);
  });
});
