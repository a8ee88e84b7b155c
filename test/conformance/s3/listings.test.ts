// Rule: keys come in the order of their UTF-8 bytes, at most 1,000 a page; those that share what stands before a delimiter
//   count as one common prefix.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html

import { describe, expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

async function createFilledBucket(keys: readonly string[]) {
  const bucket = createTestBucket();
  for (const key of keys) await bucket.put(key);
  const listEntries = async (operation: string, input: object = {}) => {
    const page = await bucket.s3(operation, input);
    const keysListed = (page.Contents ?? page.Versions) as { Key: string }[];
    const prefixes = (page.CommonPrefixes ?? []) as { Prefix: string }[];
    return [...keysListed.map(({ Key }) => Key), ...prefixes.map(({ Prefix }) => Prefix)];
  };
  return { ...bucket, listEntries };
}

const LISTINGS = ['ListObjectsV2', 'ListObjects', 'ListObjectVersions'];

describe.each(LISTINGS)('%s', (operation) => {
  test('gives keys in the order of their UTF-8 bytes, where UTF-16 has another', async () => {
    const { listEntries } = await createFilledBucket(['\u{1f600}', '\uffee', 'b', 'B', 'a/', 'a']);

    expect(await listEntries(operation)).toEqual(['B', 'a', 'a/', 'b', '\uffee', '\u{1f600}']);
  });

  test.each([
    [{ Prefix: 'b/' }, ['b/1', 'b/2', 'b/c/3']],
    [{ Delimiter: '/' }, ['a', 'd', 'b/']],
    [{ Prefix: 'b/', Delimiter: '/' }, ['b/1', 'b/2', 'b/c/']],
    [{ Prefix: 'b', Delimiter: '/' }, ['b/']],
    [{ Prefix: 'none' }, []],
    [{ Delimiter: 'c/' }, ['a', 'b/1', 'b/2', 'd', 'b/c/']],
    [{ MaxKeys: 0 }, []],
  ])('of %j gives %j', async (input, expected) => {
    const { listEntries } = await createFilledBucket(['a', 'b/1', 'b/2', 'b/c/3', 'd']);

    expect(await listEntries(operation, input)).toEqual(expected);
  });

  test('encodes what it shows when it is asked to', async () => {
    const { s3, listEntries } = await createFilledBucket(['a b+ü/\u0001~']);

    expect(await listEntries(operation, { EncodingType: 'url' })).toEqual(['a+b%2B%C3%BC/%01%7E']);
    await expect(s3(operation, { EncodingType: 'gzip' })).rejects.toMatchObject({ code: 'InvalidArgument' });
  });
});

describe('pages', () => {
  test.each([
    ['ListObjectsV2', 'ContinuationToken', 'NextContinuationToken'],
    ['ListObjects', 'Marker', 'NextMarker'],
    ['ListObjectVersions', 'KeyMarker', 'NextKeyMarker'],
  ])('of %s go on where the last one ended, also behind a common prefix', async (operation, marker, nextMarker) => {
    const { s3 } = await createFilledBucket(['a', 'b/1', 'b/2', 'c', 'd/1']);

    const first = await s3(operation, { Delimiter: '/', MaxKeys: 2 });
    const second = await s3(operation, { Delimiter: '/', [marker]: first[nextMarker] });

    expect(first).toMatchObject({ IsTruncated: true, CommonPrefixes: [{ Prefix: 'b/' }] });
    expect(second).toMatchObject({ IsTruncated: false, CommonPrefixes: [{ Prefix: 'd/' }] });
    expect(second.Contents ?? second.Versions).toMatchObject([{ Key: 'c' }]);
  });

  test('of ListObjects without a delimiter have no NextMarker', async () => {
    const { s3 } = await createFilledBucket(['a', 'b']);

    const page = await s3('ListObjects', { MaxKeys: 1 });

    expect(page).toMatchObject({ IsTruncated: true });
    expect(page).not.toHaveProperty('NextMarker');
  });

  test('have at most 1,000 keys, whatever is asked for', async () => {
    const { s3, world } = createTestBucket();
    const puts = Array.from({ length: 1001 }, (_, index) =>
      world.gateway.call({
        service: 's3',
        operation: 'PutObject',
        input: { Bucket: 'bucket', Key: String(index).padStart(4, '0') },
        caller: { kind: 'root' },
      }),
    );
    await world.clock.runUntilSettled(Promise.all(puts));

    const first = await s3('ListObjectsV2', { MaxKeys: 5000 });
    const second = await s3('ListObjectsV2', { ContinuationToken: first.NextContinuationToken });

    expect(first).toMatchObject({ KeyCount: 1000, MaxKeys: 1000, IsTruncated: true });
    expect(second).toMatchObject({ KeyCount: 1, IsTruncated: false, Contents: [{ Key: '1000' }] });
    expect(second).not.toHaveProperty('NextContinuationToken');
  });

  test('with another’s continuation token are refused', async () => {
    const { s3 } = createTestBucket();

    await expect(s3('ListObjectsV2', { ContinuationToken: 'x' })).rejects.toMatchObject({ code: 'InvalidArgument' });
  });
});

describe('StartAfter', () => {
  test.each([
    [{ StartAfter: 'b/1' }, ['b/2', 'c']],
    [{ StartAfter: 'b/11' }, ['b/2', 'c']],
    [{ StartAfter: 'b/', Delimiter: '/' }, ['c']],
    [{ StartAfter: 'a', Delimiter: '/' }, ['c', 'b/']],
  ])('%j begins behind it, whether such a key is there or not', async (input, expected) => {
    const { listEntries } = await createFilledBucket(['a', 'b/1', 'b/2', 'c']);

    expect(await listEntries('ListObjectsV2', input)).toEqual(expected);
  });
});

test('owners are shown when they are asked for', async () => {
  const { s3 } = await createFilledBucket(['a']);

  const [asked] = (await s3('ListObjectsV2', { FetchOwner: true })).Contents as object[];
  const [notAsked] = (await s3('ListObjectsV2')).Contents as object[];

  expect(asked).toMatchObject({ Owner: { ID: expect.stringMatching(/^[0-9a-f]{64}$/) } });
  expect(notAsked).not.toHaveProperty('Owner');
});
