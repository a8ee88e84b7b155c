// Checksums of objects and parts.
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html

import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { computeCrc32c, computeCrc64Nvme } from './crc.ts';
import { invalidRequest, S3Error } from './s3-error.ts';

const CHECKSUM_ALGORITHMS = ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const;

export type ChecksumAlgorithm = (typeof CHECKSUM_ALGORITHMS)[number];

/** Of the whole object, or of the checksums of its parts. */
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** Base64; behind a composite one stands `-` and how many parts there are. */
  readonly value: string;
}

/** "Amazon S3 added the default checksum, CRC64NVME": what comes without one gets it. */
export const DEFAULT_ALGORITHM: ChecksumAlgorithm = 'CRC64NVME';

export const algorithmSchema = z.enum(CHECKSUM_ALGORITHMS);

/** Members that carry a checksum, for every algorithm one. */
export const checksumValueMembers = {
  ChecksumCRC32: z.string().optional(),
  ChecksumCRC32C: z.string().optional(),
  ChecksumCRC64NVME: z.string().optional(),
  ChecksumSHA1: z.string().optional(),
  ChecksumSHA256: z.string().optional(),
};

/** Members that every operation with a body takes. */
export const bodyChecksumMembers = {
  ...checksumValueMembers,
  ChecksumAlgorithm: algorithmSchema.optional(),
  /** Base64. */
  ContentMD5: z.string().optional(),
};

type ChecksumValues = { readonly [Algorithm in ChecksumAlgorithm as `Checksum${Algorithm}`]?: string | undefined };

const COMPUTE: Readonly<Record<ChecksumAlgorithm, (body: Buffer) => Buffer>> = {
  CRC32(body) {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(crc32(body));
    return bytes;
  },
  CRC32C: computeCrc32c,
  CRC64NVME: computeCrc64Nvme,
  SHA1: (body) => createHash('sha1').update(body).digest(),
  SHA256: (body) => createHash('sha256').update(body).digest(),
};

const BYTES: Readonly<Record<ChecksumAlgorithm, number>> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };

/** Base64. */
export function computeChecksum(algorithm: ChecksumAlgorithm, body: Buffer): string {
  return COMPUTE[algorithm](body).toString('base64');
}

/** The one checksum that a request gives. @throws {S3Error} `InvalidRequest` when there are several, or it is none. */
export function findGivenChecksum(values: ChecksumValues): { algorithm: ChecksumAlgorithm; value: string } | undefined {
  const given = CHECKSUM_ALGORITHMS.flatMap((algorithm) => {
    const value = values[`Checksum${algorithm}`];
    return value === undefined ? [] : [{ algorithm, value }];
  });
  if (given.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  return given[0];
}

/**
 * The checksum of a body: the one that came with it, once it was found to be right, or the default one.
 * @throws {S3Error} `BadDigest`, `InvalidDigest`, `InvalidRequest`.
 */
export function verifyBody(
  body: Buffer,
  input: ChecksumValues & {
    readonly ChecksumAlgorithm?: ChecksumAlgorithm | undefined;
    readonly ContentMD5?: string | undefined;
  },
): Checksum {
  if (input.ContentMD5 !== undefined) assertMd5(body, input.ContentMD5);
  const given = findGivenChecksum(input);
  const algorithm = given?.algorithm ?? input.ChecksumAlgorithm ?? DEFAULT_ALGORITHM;
  const value = computeChecksum(algorithm, body);
  if (given) {
    assertWellFormed(given.algorithm, given.value);
    if (given.value !== value) throw badDigest(algorithm);
  }
  return { algorithm, type: 'FULL_OBJECT', value };
}

/** @throws {S3Error} `InvalidRequest` when it is not the Base64 of as many bytes as the algorithm has. */
function assertWellFormed(algorithm: ChecksumAlgorithm, value: string): void {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === BYTES[algorithm] && bytes.toString('base64') === value) return;
  throw invalidRequest(`Value for x-amz-checksum-${algorithm.toLowerCase()} header is invalid.`);
}

export function badDigest(algorithm: ChecksumAlgorithm): S3Error {
  return new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonRequestHeaders.html */
function assertMd5(body: Buffer, given: string): void {
  const digest = Buffer.from(given, 'base64');
  if (digest.length !== 16) {
    throw new S3Error('InvalidDigest', 'The Content-MD5 you specified was invalid.', {
      details: { 'Content-MD5': given },
    });
  }
  const calculated = createHash('md5').update(body).digest();
  if (digest.equals(calculated)) return;
  throw new S3Error('BadDigest', 'The Content-MD5 you specified did not match what we received.', {
    details: { ExpectedDigest: given, CalculatedDigest: calculated.toString('base64') },
  });
}

/** The checksum of the parts' checksums. */
export function computeComposite(algorithm: ChecksumAlgorithm, partValues: readonly string[]): Checksum {
  const bytes = Buffer.concat(partValues.map((value) => Buffer.from(value, 'base64')));
  return { algorithm, type: 'COMPOSITE', value: `${computeChecksum(algorithm, bytes)}-${partValues.length}` };
}

/** As an output's members. */
export function renderChecksum({ algorithm, value, type }: Checksum): Record<string, string> {
  return { [`Checksum${algorithm}`]: value, ChecksumType: type };
}

/** Of a part, which has no type. */
export function renderPartChecksum({
  algorithm,
  value,
}: Pick<Checksum, 'algorithm' | 'value'>): Record<string, string> {
  return { [`Checksum${algorithm}`]: value };
}
