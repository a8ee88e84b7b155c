// Requests that carry their signature in the URL, and the end of the time that it holds for.
// https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html

import { S3Error } from '../s3/s3-error.ts';
import type { HttpRequest } from './http-message.ts';

/** A week. */
const EXPIRES_SECONDS_MAX = 604_800;

/** @throws {S3Error} `AccessDenied` when it is over, `AuthorizationQueryParametersError` when it is no time. */
export function assertNotExpired({ query }: HttpRequest, nowMs: number): void {
  if (query['X-Amz-Expires'] !== undefined) assertVersion4(query['X-Amz-Date'] ?? '', query['X-Amz-Expires'], nowMs);
  else if (query.AWSAccessKeyId !== undefined) {
    const endMs = Number(query.Expires) * 1000;
    if (!(endMs > nowMs)) throw hasExpired(endMs, nowMs, {});
  }
}

function assertVersion4(date: string, expires: string, nowMs: number): void {
  const expiresSeconds = Number(expires);
  if (!/^\d+$/.test(expires) || expiresSeconds > EXPIRES_SECONDS_MAX) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${EXPIRES_SECONDS_MAX} seconds`,
    );
  }
  const signedMs = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(signedMs)) {
    throw new S3Error(
      'AuthorizationQueryParametersError',
      "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"",
    );
  }
  const endMs = signedMs + expiresSeconds * 1000;
  if (endMs <= nowMs) throw hasExpired(endMs, nowMs, { 'X-Amz-Expires': expires });
}

function hasExpired(endMs: number, nowMs: number, details: Readonly<Record<string, string>>): S3Error {
  return new S3Error('AccessDenied', 'Request has expired', {
    status: 403,
    details: { ...details, Expires: renderTime(endMs), ServerTime: renderTime(nowMs) },
  });
}

function renderTime(timeMs: number): string {
  return Number.isNaN(timeMs) ? '' : new Date(timeMs).toISOString().replace(/\.\d+Z$/, 'Z');
}
