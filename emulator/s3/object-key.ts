// Where an object is: parameters that most operations share.

import { z } from 'zod';
import { S3Error } from './s3-error.ts';

/** UTF-8 bytes; https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_BYTES_MAX = 1024;

export const bucketMembers = {
  Bucket: z.string().min(1),
  /** Twelve digits. */
  ExpectedBucketOwner: z.string().optional(),
};

export const locationMembers = {
  ...bucketMembers,
  Key: z.string().min(1),
  /** Says that the caller would pay, which changes nothing where no bucket asks for it. */
  RequestPayer: z.literal('requester').optional(),
};

export interface BucketLocation {
  readonly Bucket: string;
  readonly ExpectedBucketOwner?: string | undefined;
}

export interface ObjectLocation extends BucketLocation {
  readonly Key: string;
}

export function computeBucketArn(name: string): string {
  return `arn:aws:s3:::${name}`;
}

export function computeObjectArn({ Bucket, Key }: ObjectLocation): string {
  return `${computeBucketArn(Bucket)}/${Key}`;
}

/** @throws {S3Error} `KeyTooLongError`. */
export function assertKeyLength(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes <= KEY_BYTES_MAX) return;
  throw new S3Error('KeyTooLongError', 'Your key is too long', {
    details: { Size: String(bytes), MaxSizeAllowed: String(KEY_BYTES_MAX) },
  });
}

export function noSuchKey(key: string): S3Error {
  return new S3Error('NoSuchKey', 'The specified key does not exist.', { status: 404, details: { Key: key } });
}

/** Buckets have no versions: every object is its only one, which S3 calls `null`. */
export const versionMembers = { VersionId: z.string().optional() };

/** @throws {S3Error} `InvalidArgument` for any version but the only one. */
export function assertOnlyVersion(versionId: string | undefined): void {
  if (versionId === undefined || versionId === 'null') return;
  throw new S3Error('InvalidArgument', 'Invalid version id specified', {
    details: { ArgumentName: 'versionId', ArgumentValue: versionId },
  });
}
