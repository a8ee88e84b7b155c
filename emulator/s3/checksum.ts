// The checksum that SDKs send with every body by default. Others are refused by name, as parameters that are not modelled.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html

import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

/** Members that every operation with a body takes. */
export const checksumMembers = {
  ChecksumAlgorithm: z.literal('CRC32').optional(),
  /** Base64 of the big-endian checksum. */
  ChecksumCRC32: z.string().optional(),
};

/** @throws {AwsError} `BadDigest` when `checksum` is given and is not the body's. */
export function assertChecksum(body: Buffer, checksum: string | undefined): void {
  if (checksum === undefined || checksum === computeCrc32(body)) return;
  throw new AwsError('BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
}

export function computeCrc32(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}
