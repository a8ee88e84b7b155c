import { describe, expect, test } from 'vitest';
import { createTestAccount, START_MS } from '../create-test-account.fixture.ts';
import { computeChecksum } from './checksum.ts';

const Bucket = 'bucket';
const MEBIBYTE = 1024 * 1024;

function createBucket() {
  const account = createTestAccount();
  account.services.s3.createBucket(Bucket);
  const s3 = (operation: string, input: object) => account.call('s3', operation, { Bucket, ...input });
  const listKeys = async (input: object = {}) => {
    const page = await s3('ListObjectsV2', input);
    return (page.Contents as { Key: string }[]).map(({ Key }) => Key);
  };
  return { ...account, s3, listKeys };
}

async function startUpload(s3: ReturnType<typeof createBucket>['s3'], Key = 'parts') {
  const { UploadId } = await s3('CreateMultipartUpload', { Key });
  const uploadPart = async (PartNumber: number, Body: Buffer) => {
    const { ETag } = await s3('UploadPart', { Key, UploadId, PartNumber, Body });
    return { PartNumber, ETag };
  };
  const complete = (Parts: object[]) => s3('CompleteMultipartUpload', { Key, UploadId, MultipartUpload: { Parts } });
  return { UploadId, uploadPart, complete };
}

describe('objects', () => {
  test('are dated in whole seconds of when they were put', async () => {
    const { s3, pass } = createBucket();
    await pass(2999 - 500);

    await s3('PutObject', { Key: 'a', Body: Buffer.from('x') });

    expect(await s3('HeadObject', { Key: 'a' })).toMatchObject({ LastModified: START_MS / 1000 + 2, ContentLength: 1 });
  });

  test('are replaced by what is put under their key', async () => {
    const { s3, listKeys } = createBucket();
    await s3('PutObject', { Key: 'a', Body: Buffer.from('old') });

    await s3('PutObject', { Key: 'a', Body: Buffer.from('new') });

    expect(await s3('GetObject', { Key: 'a' })).toMatchObject({ Body: Buffer.from('new') });
    expect(await listKeys()).toEqual(['a']);
  });

  test('are refused when the body is not what its checksum says, and show the checksum to those who ask', async () => {
    const { s3 } = createBucket();
    const Body = Buffer.from('hello');
    const ChecksumCRC32 = computeChecksum('CRC32', Body);

    await s3('PutObject', { Key: 'a', Body, ChecksumCRC32 });

    // https://crccalc.com: CRC-32/ISO-HDLC of "hello" is 0x3610A686.
    expect(ChecksumCRC32).toBe(Buffer.from('3610a686', 'hex').toString('base64'));
    expect(await s3('HeadObject', { Key: 'a', ChecksumMode: 'ENABLED' })).toMatchObject({ ChecksumCRC32 });
    expect(await s3('HeadObject', { Key: 'a' })).not.toHaveProperty('ChecksumCRC32');
    await expect(s3('PutObject', { Key: 'a', Body: Buffer.from('hellO'), ChecksumCRC32 })).rejects.toMatchObject({
      code: 'BadDigest',
    });
  });

  test.each([
    ['a'.repeat(1023), undefined],
    ['a'.repeat(1024), undefined],
    ['a'.repeat(1025), 'KeyTooLongError'],
    [`${'a'.repeat(1022)}é`, undefined],
    [`${'a'.repeat(1023)}é`, 'KeyTooLongError'],
  ])('have a key of at most 1,024 bytes (%#)', async (Key, code) => {
    const { s3 } = createBucket();

    const outcome = await s3('PutObject', { Key }).catch((error: unknown) => error);

    if (code) expect(outcome).toMatchObject({ code });
    else expect(outcome).toHaveProperty('ETag');
  });

  test.each([
    ['GetObject', { Key: 'none' }, 'NoSuchKey'],
    ['HeadObject', { Key: 'none' }, 'NoSuchKey'],
    ['GetObject', { Bucket: 'none', Key: 'a' }, 'NoSuchBucket'],
    ['PutObject', { Bucket: 'none', Key: 'a' }, 'NoSuchBucket'],
    ['ListObjectsV2', { Bucket: 'none' }, 'NoSuchBucket'],
    ['UploadPart', { Key: 'a', UploadId: 'none', PartNumber: 1 }, 'NoSuchUpload'],
    ['AbortMultipartUpload', { Key: 'a', UploadId: 'none' }, 'NoSuchUpload'],
  ])('%s of %j is %s', async (operation, input, code) => {
    const { s3 } = createBucket();

    await expect(s3(operation, input)).rejects.toMatchObject({ code, status: 404 });
  });

  test('refuses by name a parameter that is not modelled', async () => {
    const { s3 } = createBucket();

    await expect(s3('PutObject', { Key: 'a', StorageClass: 'GLACIER' })).rejects.toThrow(
      'PutObject: StorageClass GLACIER is not modelled by the emulator',
    );
  });
});

describe('ListObjectsV2', () => {
  test('gives at most 1,000 keys a page, and goes on where it ended', async () => {
    const { s3, world } = createBucket();
    const caller = { kind: 'root' } as const;
    const keys = Array.from({ length: 1001 }, (_, index) => String(index).padStart(4, '0'));
    const puts = keys.map((Key) =>
      world.gateway.call({ service: 's3', operation: 'PutObject', input: { Bucket, Key }, caller }),
    );
    await world.clock.runUntilSettled(Promise.all(puts));

    const first = await s3('ListObjectsV2', { MaxKeys: 5000 });
    const second = await s3('ListObjectsV2', { ContinuationToken: first.NextContinuationToken });

    expect(first).toMatchObject({ KeyCount: 1000, MaxKeys: 1000, IsTruncated: true });
    expect(second).toMatchObject({ KeyCount: 1, IsTruncated: false, Contents: [{ Key: '1000' }] });
    expect(second).not.toHaveProperty('NextContinuationToken');
  });

  test('counts a common prefix as one, also across pages', async () => {
    const { s3 } = createBucket();
    for (const Key of ['a', 'b/1', 'b/2', 'c', 'd/1']) await s3('PutObject', { Key });

    const first = await s3('ListObjectsV2', { Delimiter: '/', MaxKeys: 2 });
    const second = await s3('ListObjectsV2', { Delimiter: '/', ContinuationToken: first.NextContinuationToken });

    expect(first).toMatchObject({ KeyCount: 2, Contents: [{ Key: 'a' }], CommonPrefixes: [{ Prefix: 'b/' }] });
    expect(second).toMatchObject({ KeyCount: 2, Contents: [{ Key: 'c' }], CommonPrefixes: [{ Prefix: 'd/' }] });
  });

  test('starts behind StartAfter, whether such a key is there or not', async () => {
    const { s3, listKeys } = createBucket();
    for (const Key of ['a', 'b', 'd']) await s3('PutObject', { Key });

    expect(await listKeys({ StartAfter: 'b' })).toEqual(['d']);
    expect(await listKeys({ StartAfter: 'c' })).toEqual(['d']);
  });

  test('gives nothing, and is not truncated, when no key is asked for', async () => {
    const { s3 } = createBucket();
    await s3('PutObject', { Key: 'a' });

    expect(await s3('ListObjectsV2', { MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false, Contents: [] });
  });

  test('refuses a token that it did not give', async () => {
    const { s3 } = createBucket();

    await expect(s3('ListObjectsV2', { ContinuationToken: 'x' })).rejects.toMatchObject({ code: 'InvalidArgument' });
  });
});

describe('an upload in parts', () => {
  test('becomes an object when it is completed, dated by its initiation', async () => {
    const { s3, pass, listKeys } = createBucket();
    const { uploadPart, complete } = await startUpload(s3);
    await pass(90_000);
    const second = await uploadPart(2, Buffer.from('end'));
    const first = await uploadPart(1, Buffer.alloc(5 * MEBIBYTE, 'x'));
    expect(await listKeys()).toEqual([]);

    const { ETag, Location } = await complete([first, second]);

    expect(ETag).toMatch(/^"[0-9a-f]{32}-2"$/);
    expect(Location).toBe('https://bucket.s3.us-east-1.amazonaws.com/parts');
    expect(await s3('HeadObject', { Key: 'parts' })).toMatchObject({
      ContentLength: 5 * MEBIBYTE + 3,
      LastModified: START_MS / 1000,
      ETag,
    });
  });

  test('is gone when it is aborted', async () => {
    const { s3, listKeys } = createBucket();
    const { UploadId, uploadPart, complete } = await startUpload(s3);
    const part = await uploadPart(1, Buffer.from('x'));

    await s3('AbortMultipartUpload', { Key: 'parts', UploadId });

    await expect(complete([part])).rejects.toMatchObject({ code: 'NoSuchUpload' });
    expect(await listKeys()).toEqual([]);
  });

  test.each([
    ['parts out of order', [2, 1], 'InvalidPartOrder'],
    ['a part twice', [1, 1], 'InvalidPartOrder'],
    ['a part that was never uploaded', [3], 'InvalidPart'],
    ['a part other than the last below 5 MiB', [1, 2], 'EntityTooSmall'],
  ])('is not completed with %s', async (_, numbers, code) => {
    const { s3 } = createBucket();
    const { uploadPart, complete } = await startUpload(s3);
    const uploaded = [await uploadPart(1, Buffer.alloc(5 * MEBIBYTE - 1)), await uploadPart(2, Buffer.from('x'))];

    const parts = numbers.map((number) => uploaded[number - 1] ?? { PartNumber: number, ETag: '"none"' });

    await expect(complete(parts)).rejects.toMatchObject({ code });
  });

  test('is found under its own key only', async () => {
    const { s3 } = createBucket();
    const { UploadId } = await startUpload(s3);

    await expect(s3('UploadPart', { Key: 'other', UploadId, PartNumber: 1 })).rejects.toMatchObject({
      code: 'NoSuchUpload',
    });
  });
});

describe('buckets', () => {
  test('are not made twice', () => {
    const { services } = createBucket();

    expect(() => services.s3.createBucket(Bucket)).toThrow('you already own it');
  });

  test('are deleted only when they are empty', async () => {
    const { s3, services } = createBucket();
    await s3('PutObject', { Key: 'a' });

    expect(() => services.s3.deleteBucket(Bucket)).toThrow('The bucket you tried to delete is not empty');
    services.s3.emptyBucket(Bucket);
    services.s3.deleteBucket(Bucket);

    await expect(s3('GetObject', { Key: 'a' })).rejects.toMatchObject({ code: 'NoSuchBucket' });
  });
});

test.each([
  ['PutObject', { Key: 'k' }, 's3:PutObject', 'arn:aws:s3:::bucket/k'],
  ['GetObject', { Key: 'k' }, 's3:GetObject', 'arn:aws:s3:::bucket/k'],
  ['HeadObject', { Key: 'k' }, 's3:GetObject', 'arn:aws:s3:::bucket/k'],
  ['DeleteObject', { Key: 'k' }, 's3:DeleteObject', 'arn:aws:s3:::bucket/k'],
  ['ListObjectsV2', {}, 's3:ListBucket', 'arn:aws:s3:::bucket'],
  ['CreateMultipartUpload', { Key: 'k' }, 's3:PutObject', 'arn:aws:s3:::bucket/k'],
  ['AbortMultipartUpload', { Key: 'k', UploadId: 'u' }, 's3:AbortMultipartUpload', 'arn:aws:s3:::bucket/k'],
])('%s of %j needs %s', async (operation, input, action, resource) => {
  const { s3, world } = createBucket();
  const needs: unknown[] = [];
  world.gateway.observe((call) => needs.push(...call.needs));

  await s3(operation, input).catch(() => {});

  expect(needs).toEqual([{ action, resource }]);
});
