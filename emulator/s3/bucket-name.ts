// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html

import { S3Error } from './s3-error.ts';

const FORBIDDEN_PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const FORBIDDEN_SUFFIXES = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** @throws {S3Error} `InvalidBucketName`. */
export function assertBucketName(name: string): void {
  const isWellFormed =
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes('..') &&
    !/^\d+\.\d+\.\d+\.\d+$/.test(name) &&
    !FORBIDDEN_PREFIXES.some((prefix) => name.startsWith(prefix)) &&
    !FORBIDDEN_SUFFIXES.some((suffix) => name.endsWith(suffix));
  if (isWellFormed) return;
  throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', { details: { BucketName: name } });
}
