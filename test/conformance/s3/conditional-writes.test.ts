// Rule: If-None-Match: * writes only where nothing is, If-Match only over what has that entity tag; both hold for uploads
//   in parts when they are completed.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html

import { describe, expect, test } from 'vitest';
import { createTestBucket } from '../../../emulator/s3/create-test-bucket.fixture.ts';

describe('PutObject', () => {
  test('with If-None-Match: * succeeds once', async () => {
    const { put, read } = createTestBucket();

    await put('k', 'first', { IfNoneMatch: '*' });

    await expect(put('k', 'second', { IfNoneMatch: '*' })).rejects.toMatchObject({
      code: 'PreconditionFailed',
      status: 412,
      details: { Condition: 'If-None-Match' },
    });
    expect(await read('k')).toBe('first');
  });

  test('with If-Match replaces what has that entity tag, and nothing else', async () => {
    const { put, read } = createTestBucket();
    const { ETag } = await put('k', 'first');

    await put('k', 'second', { IfMatch: ETag });

    await expect(put('k', 'third', { IfMatch: ETag })).rejects.toMatchObject({ code: 'PreconditionFailed' });
    expect(await read('k')).toBe('second');
  });

  test('with If-Match finds no object', async () => {
    const { put } = createTestBucket();

    await expect(put('k', '', { IfMatch: '"any"' })).rejects.toMatchObject({ code: 'NoSuchKey', status: 404 });
  });

  test('with If-None-Match takes nothing but *', async () => {
    const { put } = createTestBucket();

    await expect(put('k', '', { IfNoneMatch: '"any"' })).rejects.toMatchObject({ code: 'NotImplemented', status: 501 });
  });
});

describe('CompleteMultipartUpload', () => {
  test('with If-None-Match: * fails when an object came in between, and can be tried again without', async () => {
    const { put, read, startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k');
    const part = await uploadPart(1, Buffer.from('parts'));
    await put('k', 'in between');

    await expect(complete([part], { IfNoneMatch: '*' })).rejects.toMatchObject({ code: 'PreconditionFailed' });
    await complete([part]);

    expect(await read('k')).toBe('parts');
  });
});

describe('DeleteObject', () => {
  test('with If-Match deletes only what has that entity tag', async () => {
    const { put, s3, listKeys } = createTestBucket();
    const { ETag } = await put('k', 'body');

    await expect(s3('DeleteObject', { Key: 'k', IfMatch: '"other"' })).rejects.toMatchObject({ status: 412 });
    await s3('DeleteObject', { Key: 'k', IfMatch: ETag });

    expect(await listKeys()).toEqual([]);
  });
});
