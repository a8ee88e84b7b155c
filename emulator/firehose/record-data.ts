// What one record may be: https://docs.aws.amazon.com/firehose/latest/dev/limits.html

import { AwsError } from '../kernel/errors.ts';

const RECORD_BYTES_MAX = 1000 * 1024;

/** @throws {AwsError} `ValidationException`. */
export function parseRecordData(base64: string): Buffer {
  const data = Buffer.from(base64, 'base64');
  if (data.length <= RECORD_BYTES_MAX) return data;
  throw new AwsError(
    'ValidationException',
    `a record has ${data.length} bytes; at most ${RECORD_BYTES_MAX} are allowed`,
  );
}
