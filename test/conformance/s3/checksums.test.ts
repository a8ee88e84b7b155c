// Rule: a body that is not what its checksum says is refused; the checksum is kept and shown to those who ask for it, CRC64NVME
//   where none was given; an upload in parts has the checksum of the whole or of its parts' checksums.
// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createTestBucket, MEBIBYTE } from '../../../emulator/s3/create-test-bucket.fixture.ts';

const base64 = (hexadecimal: string) => Buffer.from(hexadecimal, 'hex').toString('base64');
const sha256 = (...bodies: readonly Buffer[]) => {
  const hash = createHash('sha256');
  for (const body of bodies) hash.update(body);
  return hash.digest();
};

/** Of `123456789`, which catalogues of checksums are made with: https://reveng.sourceforge.io/crc-catalogue/all.htm */
const OF_NINE_DIGITS = [
  ['ChecksumCRC32', base64('cbf43926')],
  ['ChecksumCRC32C', base64('e3069283')],
  ['ChecksumCRC64NVME', base64('ae8b14860a799888')],
  ['ChecksumSHA1', base64('f7c3bc1d808e04732adf679965ccc34ca7ae3441')],
  ['ChecksumSHA256', base64('15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225')],
] as const;

describe('a checksum', () => {
  test.each(OF_NINE_DIGITS)('%s is verified, kept and shown', async (member, checksum) => {
    const { put, s3 } = createTestBucket();

    await put('k', '123456789', { [member]: checksum });

    expect(await s3('HeadObject', { Key: 'k', ChecksumMode: 'ENABLED' })).toMatchObject({
      [member]: checksum,
      ChecksumType: 'FULL_OBJECT',
    });
    expect(await s3('HeadObject', { Key: 'k' })).not.toHaveProperty(member);
  });

  test.each(OF_NINE_DIGITS)('%s of another body is a BadDigest', async (member, checksum) => {
    const { put } = createTestBucket();

    await expect(put('k', '123456780', { [member]: checksum })).rejects.toMatchObject({
      code: 'BadDigest',
      status: 400,
    });
  });

  test('of the wrong length is no checksum', async () => {
    const { put } = createTestBucket();

    await expect(put('k', 'x', { ChecksumCRC32: 'AAA=' })).rejects.toMatchObject({
      code: 'InvalidRequest',
      message: 'Value for x-amz-checksum-crc32 header is invalid.',
    });
  });

  test('is CRC64NVME when the request gives none', async () => {
    const { put } = createTestBucket();

    expect(await put('k', '123456789')).toMatchObject({ ChecksumCRC64NVME: base64('ae8b14860a799888') });
  });
});

describe('Content-MD5', () => {
  test.each([
    ['of another body', base64('00'.repeat(16)), 'BadDigest'],
    ['that is none', 'AAAA', 'InvalidDigest'],
  ])('%s is refused', async (_claim, ContentMD5, code) => {
    const { put } = createTestBucket();

    await expect(put('k', 'x', { ContentMD5 })).rejects.toMatchObject({ code });
  });
});

describe('an upload in parts', () => {
  const first = Buffer.alloc(5 * MEBIBYTE, 'a');
  const last = Buffer.from('b');

  test('has a composite checksum: that of its parts’ checksums, and how many there are', async () => {
    const { s3, startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k', { ChecksumAlgorithm: 'SHA256' });
    const parts = [
      { ...(await uploadPart(1, first)), ChecksumSHA256: sha256(first).toString('base64') },
      { ...(await uploadPart(2, last)), ChecksumSHA256: sha256(last).toString('base64') },
    ];

    await complete(parts);

    expect(await s3('HeadObject', { Key: 'k', ChecksumMode: 'ENABLED' })).toMatchObject({
      ChecksumSHA256: `${sha256(sha256(first), sha256(last)).toString('base64')}-2`,
      ChecksumType: 'COMPOSITE',
    });
  });

  test('with a composite checksum is completed with every part’s checksum only', async () => {
    const { startUpload } = createTestBucket();
    const { uploadPart, complete } = await startUpload('k', { ChecksumAlgorithm: 'SHA256' });
    const part = await uploadPart(1, last);

    await expect(complete([part])).rejects.toMatchObject({ code: 'InvalidRequest' });
    await expect(complete([{ ...part, ChecksumSHA256: sha256(first).toString('base64') }])).rejects.toMatchObject({
      code: 'InvalidPart',
    });
  });

  test('may have a checksum of the whole object, as one that came in one has', async () => {
    const { put, startUpload } = createTestBucket();
    const whole = await put('whole', `${first}${last}`, { ChecksumAlgorithm: 'CRC32' });
    const { uploadPart, complete } = await startUpload('k', {
      ChecksumAlgorithm: 'CRC32',
      ChecksumType: 'FULL_OBJECT',
    });
    const parts = [await uploadPart(1, first), await uploadPart(2, last)];

    await expect(complete(parts, { ChecksumCRC32: 'AAAAAA==' })).rejects.toMatchObject({ code: 'BadDigest' });

    expect(await complete(parts)).toMatchObject({ ChecksumCRC32: whole.ChecksumCRC32, ChecksumType: 'FULL_OBJECT' });
  });

  test.each([
    ['SHA1', 'FULL_OBJECT'],
    ['SHA256', 'FULL_OBJECT'],
    ['CRC64NVME', 'COMPOSITE'],
  ])('has no %s checksum of the type %s', async (ChecksumAlgorithm, ChecksumType) => {
    const { startUpload } = createTestBucket();

    await expect(startUpload('k', { ChecksumAlgorithm, ChecksumType })).rejects.toMatchObject({
      code: 'InvalidRequest',
    });
  });

  test('takes no part with another checksum than it was begun with', async () => {
    const { startUpload } = createTestBucket();
    const { uploadPart } = await startUpload('k', { ChecksumAlgorithm: 'SHA256' });

    await expect(uploadPart(1, last, { ChecksumCRC32: 'cb4QjA==' })).rejects.toMatchObject({ code: 'InvalidRequest' });
  });
});
