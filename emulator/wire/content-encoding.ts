// Bodies that clients compress: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait

import { gunzipSync } from 'node:zlib';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { HttpRequest } from './http-message.ts';

/** No request is larger: PutMetricData takes 1 MB, PutRecords 10 MiB. */
const BYTES_MAX = 64 * 1024 * 1024;

/** The body as it was before compression. @throws {AwsError} `SerializationException`. */
export function parseContent({ headers, body }: Pick<HttpRequest, 'headers' | 'body'>): Buffer {
  const encoding = headers['content-encoding'];
  if (encoding === undefined) return body;
  if (encoding !== 'gzip') throw new UnsupportedFeatureError('a request', `content-encoding ${encoding}`);
  try {
    return gunzipSync(body, { maxOutputLength: BYTES_MAX });
  } catch (cause) {
    throw new AwsError('SerializationException', 'The request body is not compressed as it says.', { cause });
  }
}
