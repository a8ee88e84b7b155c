import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { computeArrivalKey } from '../../model/keys.ts';
import type { ArrivedMessage } from '../../model/message.ts';
import { answerRequests } from '../answered-clients.fixture.ts';
import { createArrivedMessage } from '../message.fixture.ts';
import { createArrivalCounter } from './count-arrivals.ts';

const PAGE_KEYS = 3;
const RECEIVED_AT_MS = 1_800_000_000_000;
/** More than a name can tell of. */
const LARGE_BATCH = Array.from({ length: 700 }, (_, sequence) => sequence);
const FIREHOSE_PREFIX = 'arrivals/run=run/trial=firehose-b10-r1/';

/** A bucket whose listings have pages of three keys. */
function createBucket() {
  const objects = new Map<string, string>();
  let failsAt: (request: { path: string; query: Record<string, unknown> }) => boolean = () => false;
  const { requests, config } = answerRequests(({ path, query }) => {
    if (failsAt({ path, query })) return { statusCode: 403, body: '<Error><Code>AccessDenied</Code></Error>' };
    if (query['list-type'] === undefined) return { body: objects.get(decodeURIComponent(path).slice(1)) ?? '' };
    const keys = [...objects.keys()]
      .filter((key) => key.startsWith(String(query.prefix)) && key > String(query['start-after'] ?? ''))
      .sort();
    const from = Number(query['continuation-token'] ?? 0);
    const contents = keys
      .slice(from, from + PAGE_KEYS)
      .map((key) => `<Contents><Key>${key}</Key><LastModified>2026-11-23T12:00:00.000Z</LastModified></Contents>`);
    const isTruncated = from + PAGE_KEYS < keys.length;
    const next = isTruncated ? `<NextContinuationToken>${from + PAGE_KEYS}</NextContinuationToken>` : '';
    return {
      body: `<ListBucketResult><IsTruncated>${isTruncated}</IsTruncated>${next}${contents.join('')}</ListBucketResult>`,
    };
  });
  const counter = createArrivalCounter({ s3: new S3Client(config), bucketName: 'bucket' });
  const put = (key: string, messages: readonly Partial<ArrivedMessage>[]) =>
    objects.set(key, messages.map((message) => `${JSON.stringify(createArrivedMessage(0, message))}\n`).join(''));
  return {
    put,
    /** Requests for which this holds are refused from now on. */
    refuse(when: typeof failsAt) {
      failsAt = when;
    },
    /** As the consumer does. */
    store(requestId: string, sequences: readonly number[], trialId = 'sqs-b10-r1', receivedAtMs = RECEIVED_AT_MS) {
      const deliveries = sequences.map((sequence) => ({ sequence }));
      const manifest = { coldStart: false, initMs: 0, deliveries };
      put(
        computeArrivalKey('run', trialId, { receivedAtMs, requestId, manifest }),
        sequences.map((sequence) => ({ sequence, trialId })),
      );
    },
    count: (expected: number, trialId = 'sqs-b10-r1') => counter.count({ runId: 'run', trialId, expected }),
    reads: () => requests.filter(({ query }) => query['list-type'] === undefined).length,
    pages: () => requests.filter(({ query }) => query['list-type'] !== undefined).length,
  };
}

describe('count', () => {
  test('of an empty bucket is nothing', async () => {
    expect(await createBucket().count(3)).toEqual({ arrived: 0, complete: false });
  });

  test('is of distinct messages, and reads no object whose name tells which it holds', async () => {
    const bucket = createBucket();
    bucket.store('a', [0, 1]);
    bucket.store('b', [1, 2]);

    expect(await bucket.count(4)).toEqual({ arrived: 3, complete: false });

    bucket.store('c', [3]);
    expect(await bucket.count(4)).toEqual({ arrived: 4, complete: true });
    expect(bucket.reads()).toBe(0);
  });

  test('reads an object whose name tells only how many it holds, and once', async () => {
    const bucket = createBucket();
    bucket.store('a', LARGE_BATCH);
    bucket.store('b', [700]);

    expect(await bucket.count(702)).toEqual({ arrived: 701, complete: false });

    bucket.store('c', [0, 701]);
    expect(await bucket.count(702)).toEqual({ arrived: 702, complete: true });
    expect(bucket.reads()).toBe(1);
  });

  test('goes on where it had come to, and still finds what was stored late', async () => {
    const bucket = createBucket();
    const at = (seconds: number) => RECEIVED_AT_MS + seconds * 1000;
    for (let sequence = 0; sequence < 30; sequence++) {
      bucket.store(`r${sequence}`, [sequence], 'sqs-b10-r1', at(sequence * 10));
    }
    await bucket.count(32);
    const pagesBefore = bucket.pages();

    bucket.store('late', [30], 'sqs-b10-r1', at(290 - 119));
    bucket.store('new', [31], 'sqs-b10-r1', at(291));

    expect(await bucket.count(32)).toEqual({ arrived: 32, complete: true });
    expect(bucket.pages() - pagesBefore).toBeLessThan(pagesBefore);
  });

  test.each([
    ['a page cannot be listed', (query: Record<string, unknown>) => query['start-after'] !== undefined],
    ['an object cannot be read', (query: Record<string, unknown>) => query['list-type'] === undefined],
  ])('fails when %s, and misses nothing the next time', async (_what, isRefused) => {
    const bucket = createBucket();
    bucket.store('early', LARGE_BATCH, 'sqs-b10-r1', RECEIVED_AT_MS);
    for (let index = 0; index < 9; index++) {
      bucket.store(`r${index}`, [700 + index], 'sqs-b10-r1', RECEIVED_AT_MS + index * 600_000);
    }
    bucket.refuse(({ query }) => isRefused(query));
    await expect(bucket.count(709)).rejects.toThrow();

    bucket.refuse(() => false);
    expect(await bucket.count(709)).toEqual({ arrived: 709, complete: true });
  });

  test.each([-1, 0.5, 10_000_000, 1e12])('takes no message by the sequence %d', async (sequence) => {
    const bucket = createBucket();
    bucket.put('arrivals/run=run/trial=sqs-b10-r1/nameless', [{ trialId: 'sqs-b10-r1', sequence }]);

    expect(await bucket.count(1)).toEqual({ arrived: 0, complete: false });
  });

  test('goes through all pages of a listing', async () => {
    const bucket = createBucket();
    for (let sequence = 0; sequence < 3 * PAGE_KEYS + 1; sequence++) bucket.store(`r${sequence}`, [sequence]);

    expect(await bucket.count(3 * PAGE_KEYS + 1)).toEqual({ arrived: 3 * PAGE_KEYS + 1, complete: true });
  });

  test('keeps trials, warm-ups and batch sizes that begin alike apart', async () => {
    const bucket = createBucket();
    bucket.store('a', [0, 1]);
    bucket.store('b', [0, 1, 2], 'sqs-b10-r1.warm-up');
    bucket.store('c', [0, 1, 2, 3], 'sqs-b10-r10');

    expect(await bucket.count(2)).toEqual({ arrived: 2, complete: true });
    expect(await bucket.count(3, 'sqs-b10-r1.warm-up')).toEqual({ arrived: 3, complete: true });
    expect(await bucket.count(5, 'sqs-b10-r10')).toEqual({ arrived: 4, complete: false });
  });

  test("of Firehose reads every object under the trial's prefix, and counts only what a line's own run and trial are", async () => {
    const bucket = createBucket();
    const trialId = 'firehose-b10-r1';
    bucket.put(`${FIREHOSE_PREFIX}2026/11/23/12/d-1-2026-11-23-12-00-00-a`, [
      { trialId: `${trialId}.warm-up`, sequence: 0 },
      { trialId, sequence: 0 },
      { trialId, sequence: 1, runId: 'before' },
      { trialId: 'firehose-b1-r1', sequence: 2 },
    ]);

    expect(await bucket.count(1, `${trialId}.warm-up`)).toEqual({ arrived: 1, complete: true });
    expect(await bucket.count(2, trialId)).toEqual({ arrived: 1, complete: false });

    bucket.put(`${FIREHOSE_PREFIX}2026/11/23/13/d-1-2026-11-23-13-00-00-b`, [{ trialId, sequence: 3 }]);
    expect(await bucket.count(2, trialId)).toEqual({ arrived: 2, complete: true });
    // One for the warm-up, two for the trial.
    expect(bucket.reads()).toBe(3);
  });

  test('is complete when nothing was sent', async () => {
    expect(await createBucket().count(0)).toEqual({ arrived: 0, complete: true });
  });
});
