// The body of a request to S3, as it was meant: out of its chunks, and found to be what its headers say.

import { hash } from 'node:crypto';
import { invalidArgument, invalidRequest, S3Error } from '../s3/s3-error.ts';
import { incompleteBody, parseChunkedBody } from './aws-chunked.ts';
import type { HttpRequest } from './http-message.ts';

export interface DecodedRequest {
  /** With the trailers, and without what was only of the way here. */
  readonly headers: HttpRequest['headers'];
  readonly body: Buffer;
}

const CHUNKED = 'aws-chunked';

/** @throws {AwsError} `IncompleteBody`, `MalformedTrailerError`, `XAmzContentSHA256Mismatch`, `InvalidRequest`. */
export function decodeBody(request: HttpRequest): DecodedRequest {
  const { body, headers } = isChunked(request.headers) ? unchunk(request) : request;
  assertSha256(body, headers['x-amz-content-sha256']);
  assertChecksumIsThere(headers);
  return { body, headers };
}

function isChunked(headers: HttpRequest['headers']): boolean {
  return (
    splitList(headers['content-encoding']).includes(CHUNKED) ||
    (headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  );
}

function unchunk({ headers, body }: HttpRequest): DecodedRequest {
  const { body: decoded, trailers } = parseChunkedBody(body);
  const decodedLength = headers['x-amz-decoded-content-length'];
  if (decodedLength !== undefined && Number(decodedLength) !== decoded.length) {
    throw incompleteBody(`${decodedLength} bytes announced, got ${decoded.length}`);
  }
  const announced = splitList(headers['x-amz-trailer']);
  if (announced.some((name) => trailers[name.toLowerCase()] === undefined)) {
    throw new S3Error(
      'MalformedTrailerError',
      'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    );
  }
  const {
    'content-encoding': encoding,
    'x-amz-trailer': _,
    'x-amz-trailer-signature': __,
    ...kept
  } = {
    ...headers,
    ...trailers,
  };
  const encodings = splitList(encoding).filter((name) => name !== CHUNKED);
  return {
    body: decoded,
    headers: { ...kept, ...(encodings.length > 0 && { 'content-encoding': encodings.join(',') }) },
  };
}

function splitList(text = ''): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function assertSha256(body: Buffer, given: string | undefined): void {
  if (given === undefined || given === 'UNSIGNED-PAYLOAD' || given.startsWith('STREAMING-')) return;
  if (!/^[0-9a-f]{64}$/i.test(given)) {
    throw invalidArgument(
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
      'x-amz-content-sha256',
      given,
    );
  }
  const computed = hash('sha256', body, 'hex');
  if (computed === given.toLowerCase()) return;
  throw new S3Error(
    'XAmzContentSHA256Mismatch',
    "The provided 'x-amz-content-sha256' header does not match what was computed.",
    { details: { ClientComputedContentSHA256: given, S3ComputedContentSHA256: computed } },
  );
}

function assertChecksumIsThere(headers: HttpRequest['headers']): void {
  const algorithm = headers['x-amz-sdk-checksum-algorithm'];
  if (algorithm === undefined || headers[`x-amz-checksum-${algorithm.toLowerCase()}`] !== undefined) return;
  throw invalidRequest(
    'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  );
}
