// Where an object is: parameters that most operations share.

import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';

/** UTF-8 bytes; https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const KEY_BYTES_MAX = 1024;

export const locationMembers = { Bucket: z.string().min(1), Key: z.string().min(1) };

export interface ObjectLocation {
  readonly Bucket: string;
  readonly Key: string;
}

export function computeObjectArn({ Bucket, Key }: ObjectLocation): string {
  return `arn:aws:s3:::${Bucket}/${Key}`;
}

/** @throws {AwsError} `KeyTooLongError`. */
export function assertKeyLength(key: string): void {
  if (Buffer.byteLength(key) > KEY_BYTES_MAX) throw new AwsError('KeyTooLongError', 'Your key is too long');
}
