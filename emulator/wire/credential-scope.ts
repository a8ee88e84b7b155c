// What a signature says of itself: whose key made it, and for which service and Region.

import type { HttpRequest } from './http-message.ts';

export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** As in a host name: `sqs`, `states`. */
  readonly service: string;
}

/**
 * From the Authorization header, `AWS4-HMAC-SHA256 Credential=<access key>/<date>/<region>/<service>/aws4_request, …`, or from a
 * presigned URL. Undefined when the request is not signed.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */
export function parseCredentialScope(
  { headers, query }: HttpRequest,
  accountRegion: string,
): CredentialScope | undefined {
  const credential = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1] ?? query['X-Amz-Credential'] ?? '';
  const match = /^([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  const [, accessKeyId, region, service] = match ?? [];
  if (accessKeyId && region && service) return { accessKeyId, region, service };
  // URLs that boto3 presigns carry a signature of version 2 by default: S3's own, and of no Region.
  const { AWSAccessKeyId: oldKeyId, Signature } = query;
  return oldKeyId && Signature ? { accessKeyId: oldKeyId, region: accountRegion, service: 's3' } : undefined;
}
