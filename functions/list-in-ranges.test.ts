import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeArrivalKey, computeArrivalsPrefix, parseArrivalKey } from '../model/keys.ts';
import { createInMemoryBucket, type InMemoryBucket } from './in-memory-bucket.fixture.ts';
import { listInRanges } from './list-in-ranges.ts';

const START_MS = 1_800_000_000_000;
const PREFIX = computeArrivalsPrefix('run', 'sqs-b1-r1');

/** `instants` in milliseconds after the start, one object each. */
function createBucket(instants: readonly number[], { pageObjects = 1000, strangers = [] as readonly string[] } = {}) {
  const bucket = createInMemoryBucket({ pageObjects });
  for (const [index, instant] of instants.entries()) {
    const manifest = { coldStart: false, initMs: 0, deliveries: [{ sequence: index }] };
    const invocation = { receivedAtMs: START_MS + instant, requestId: `r${index}`, manifest };
    bucket.put(computeArrivalKey('run', 'sqs-b1-r1', invocation), '{}');
  }
  for (const name of strangers) bucket.put(`${PREFIX}${name}`, '{}');
  // Another trial's, which begins alike.
  bucket.put(`${computeArrivalsPrefix('run', 'sqs-b1-r10')}${START_MS}-1-x.ndjson`, '{}');
  return bucket;
}

async function list(bucket: InMemoryBucket, startAfter?: string): Promise<string[]> {
  const keys: string[] = [];
  await listInRanges(bucket, { prefix: PREFIX, startAfter }, (page) => {
    keys.push(...page.map(({ key }) => key));
  });
  return keys;
}

const ofTrial = ({ objects }: InMemoryBucket) => [...objects.keys()].filter((key) => key.startsWith(PREFIX)).sort();
const instantsOf = (objects: number, computeMs: (index: number) => number) =>
  Array.from({ length: objects }, (_, index) => Math.floor(computeMs(index)));

describe('listInRanges', () => {
  test.each([
    ['evenly', instantsOf(60_000, (index) => index)],
    ['a hundred to an instant', instantsOf(60_000, (index) => Math.floor(index / 100) * 100)],
    ['all at one instant', instantsOf(20_000, () => 0)],
    ['with gaps', instantsOf(60_000, (index) => index + Math.floor(index / 1000) * 3_600_000)],
    ['closer and closer', instantsOf(60_000, (index) => 1e6 * Math.sqrt(index))],
    ['farther and farther apart', instantsOf(60_000, (index) => index ** 2 / 1000)],
  ])('hands over each object once when they lie %s, for few pages more than there are', async (_how, instants) => {
    const bucket = createBucket(instants);

    expect((await list(bucket)).toSorted()).toEqual(ofTrial(bucket));
    expect(bucket.listings.length).toBeLessThanOrEqual(1.5 * (instants.length / 1000) + 20);
  });

  test('hands over each object once, wherever they lie', async () => {
    const gapsMs = fc.array(fc.oneof(fc.constant(0), fc.nat(3), fc.nat(100_000)), { maxLength: 300 });
    const strangers = fc.array(fc.constantFrom('0', '1', '18', '1800000000050x', '1800000050000-', 'zzz', 'é'));
    await fc.assert(
      fc.asyncProperty(gapsMs, strangers, fc.integer({ min: 1, max: 8 }), async (gaps, names, copies) => {
        let atMs = 0;
        const instants = gaps.flatMap((gapMs) => {
          atMs += gapMs;
          return Array.from({ length: copies }, () => atMs);
        });
        const bucket = createBucket(instants, { pageObjects: 100, strangers: names });

        expect((await list(bucket)).toSorted()).toEqual(ofTrial(bucket));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['none', 0, 1],
    ['one', 1, 1],
    ['a page', 1000, 1],
    ['four pages', 4000, 4],
  ])('asks for no page too many of %s', async (_what, objects, pages) => {
    const bucket = createBucket(instantsOf(objects, (index) => index));

    expect(await list(bucket)).toEqual(ofTrial(bucket));
    expect(bucket.listings).toHaveLength(pages);
  });

  test('lists many pages at a time', async () => {
    const bucket = createBucket(instantsOf(60_000, (index) => index));
    const { send } = bucket.s3;
    let underWay = 0;
    let underWayMax = 0;
    Object.assign(bucket.s3, {
      send: async (command: object) => {
        underWayMax = Math.max(underWayMax, ++underWay);
        await new Promise(setImmediate);
        underWay--;
        return Reflect.apply(send, bucket.s3, [command]);
      },
    });
    await list(bucket);

    expect(underWayMax).toBe(16);
  });

  test('lists no more once a page has failed', async () => {
    const bucket = createBucket(instantsOf(60_000, (index) => index));
    const { send } = bucket.s3;
    let pages = 0;
    Object.assign(bucket.s3, {
      send: async (command: object) => {
        await new Promise(setImmediate);
        if (++pages === 10) throw new Error('SlowDown');
        return Reflect.apply(send, bucket.s3, [command]);
      },
    });

    await expect(list(bucket)).rejects.toThrow('SlowDown');
    for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
    // What the others had under way.
    expect(pages).toBeLessThanOrEqual(10 + 15);
  });

  test('begins after the key that it was told', async () => {
    const bucket = createBucket(instantsOf(20_000, (index) => index));
    const [, , third = ''] = ofTrial(bucket);

    expect((await list(bucket, third)).toSorted()).toEqual(ofTrial(bucket).slice(3));
  });

  test('lists objects with other names one page after the other', async () => {
    const bucket = createInMemoryBucket({ pageObjects: 1000 });
    const keys = Array.from({ length: 9000 }, (_, index) => `${PREFIX}2026/11/29/12/part-${1000 + index}`);
    for (const key of keys) bucket.put(key, '{}');

    expect(parseArrivalKey(keys[0] ?? '')).toBeUndefined();
    expect(await list(bucket)).toEqual(keys);
    expect(bucket.listings).toHaveLength(9);
  });
});
