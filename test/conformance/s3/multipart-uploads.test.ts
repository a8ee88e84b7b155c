// Rule: parts of at least 5 MiB, but for the last, become an object when they are completed in ascending order.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestBucket, MEBIBYTE, START_MS } from '../../../emulator/s3/create-test-bucket.fixture.ts';

const PART_BYTES_MIN = 5 * MEBIBYTE;
const md5 = (body: Buffer) => createHash('md5').update(body).digest();

describe('an upload in parts', () => {
  test('is no object before it is completed, and then has the MD5 of its parts’ MD5s for an entity tag', async () => {
    const { s3, startUpload, listKeys } = createTestBucket();
    const first = Buffer.alloc(PART_BYTES_MIN, 'x');
    const last = Buffer.from('end');
    const { uploadPart, complete } = await startUpload('k');
    const parts = [await uploadPart(1, first), await uploadPart(2, last)];
    expect(await listKeys()).toEqual([]);

    await complete(parts);

    const digest = md5(Buffer.concat([md5(first), md5(last)])).toString('hex');
    expect(await s3('HeadObject', { Key: 'k' })).toMatchObject({
      ETag: `"${digest}-2"`,
      ContentLength: PART_BYTES_MIN + 3,
    });
  });

  test('is dated by its initiation', async () => {
    const { s3, startUpload, pass } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k');
    await pass(90_000);

    await complete([await uploadPart(1, Buffer.from('x'))]);

    expect(await s3('HeadObject', { Key: 'k' })).toMatchObject({ LastModified: START_MS / 1000 });
  });

  test('keeps what it was begun with', async () => {
    const { s3, startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k', {
      ContentType: 'text/x',
      Metadata: { a: '1' },
      Tagging: 'b=2',
    });

    await complete([await uploadPart(1, Buffer.from('x'))]);

    expect(await s3('HeadObject', { Key: 'k' })).toMatchObject({
      ContentType: 'text/x',
      Metadata: { a: '1' },
      TagCount: 1,
    });
  });

  test('takes of a part’s bodies the one that came last', async () => {
    const { read, startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k');
    await uploadPart(1, Buffer.from('old'));

    await complete([await uploadPart(1, Buffer.from('new'))]);

    expect(await read('k')).toBe('new');
  });

  test.each([
    ['parts out of order', [2, 1], 'InvalidPartOrder'],
    ['a part twice', [1, 1], 'InvalidPartOrder'],
    ['a part that was never uploaded', [3], 'InvalidPart'],
    ['no part', [], 'MalformedXML'],
  ])('is not completed with %s', async (_claim, numbers, code) => {
    const { startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k');
    const uploaded = [await uploadPart(1, Buffer.alloc(PART_BYTES_MIN)), await uploadPart(2, Buffer.from('x'))];

    const parts = numbers.map((number) => uploaded[number - 1] ?? { PartNumber: number, ETag: '"none"' });

    await expect(complete(parts)).rejects.toMatchObject({ code, status: 400 });
  });

  test.each([
    [PART_BYTES_MIN - 1, 'EntityTooSmall'],
    [PART_BYTES_MIN, undefined],
  ])('whose first part has %i bytes: %s', async (sizeBytes, code) => {
    const { startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k');
    const parts = [await uploadPart(1, Buffer.alloc(sizeBytes)), await uploadPart(2, Buffer.from('x'))];

    const outcome = complete(parts);

    if (code) await expect(outcome).rejects.toMatchObject({ code, details: { PartNumber: '1' } });
    else await expect(outcome).resolves.toHaveProperty('ETag');
  });

  test.each([
    [0, 'InvalidArgument'],
    [1, undefined],
    [10_000, undefined],
    [10_001, 'InvalidArgument'],
  ])('has a part number %i: %s', async (number, code) => {
    const { startUpload } = createTestBucket();
    const { uploadPart } = await startUpload('k');

    const outcome = uploadPart(number, Buffer.from('x'));

    if (code) await expect(outcome).rejects.toMatchObject({ code });
    else await expect(outcome).resolves.toMatchObject({ PartNumber: number });
  });

  test('is gone when it is aborted, and an object of its key is not', async () => {
    const { put, s3, startUpload, listKeys } = createTestBucket();
    await put('k');
    const { UploadId, uploadPart, complete } = await startUpload('k');
    const part = await uploadPart(1, Buffer.from('x'));

    await s3('AbortMultipartUpload', { Key: 'k', UploadId });

    await expect(complete([part])).rejects.toMatchObject({ code: 'NoSuchUpload', status: 404 });
    expect(await listKeys()).toEqual(['k']);
  });

  test('takes parts from objects that are there', async () => {
    const { put, read, s3, startUpload } = createTestBucket();
    await put('source', '0123456789');
    const { UploadId, complete } = await startUpload('k');
    const copied = await s3('UploadPartCopy', {
      Key: 'k',
      UploadId,
      PartNumber: 1,
      CopySource: 'bucket/source',
      CopySourceRange: 'bytes=2-4',
    });

    await complete([{ PartNumber: 1, ETag: (copied.CopyPartResult as { ETag: string }).ETag }]);

    expect(await read('k')).toBe('234');
  });

  test('is read by the part', async () => {
    const { s3, startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k');
    await complete([await uploadPart(3, Buffer.alloc(PART_BYTES_MIN)), await uploadPart(7, Buffer.from('end'))]);

    expect(await s3('GetObject', { Key: 'k', PartNumber: 7 })).toMatchObject({
      Body: Buffer.from('end'),
      ContentRange: `bytes ${PART_BYTES_MIN}-${PART_BYTES_MIN + 2}/${PART_BYTES_MIN + 3}`,
      PartsCount: 2,
    });
    await expect(s3('GetObject', { Key: 'k', PartNumber: 1 })).rejects.toMatchObject({
      code: 'InvalidPartNumber',
      status: 416,
    });
  });
});

describe('listings', () => {
  test('give parts by their number, a page at a time', async () => {
    const { s3, startUpload } = createTestBucket();
    const { UploadId, uploadPart } = await startUpload('k');
    for (const number of [7, 1, 3]) await uploadPart(number, Buffer.from('x'));

    const first = await s3('ListParts', { Key: 'k', UploadId, MaxParts: 2 });
    const second = await s3('ListParts', { Key: 'k', UploadId, PartNumberMarker: first.NextPartNumberMarker });

    expect(first).toMatchObject({ IsTruncated: true, Parts: [{ PartNumber: 1, Size: 1 }, { PartNumber: 3 }] });
    expect(second).toMatchObject({ IsTruncated: false, Parts: [{ PartNumber: 7 }] });
  });

  test('give uploads by their key, a page at a time, those below a delimiter as one', async () => {
    const { s3, startUpload } = createTestBucket();
    for (const key of ['c', 'a', 'b/1', 'b/2']) await startUpload(key);

    const first = await s3('ListMultipartUploads', { Delimiter: '/', MaxUploads: 2 });
    const second = await s3('ListMultipartUploads', {
      Delimiter: '/',
      KeyMarker: first.NextKeyMarker,
      UploadIdMarker: first.NextUploadIdMarker,
    });

    expect(first).toMatchObject({ IsTruncated: true, Uploads: [{ Key: 'a' }], CommonPrefixes: [{ Prefix: 'b/' }] });
    expect(second).toMatchObject({ IsTruncated: false, Uploads: [{ Key: 'c' }], CommonPrefixes: [] });
  });
});
