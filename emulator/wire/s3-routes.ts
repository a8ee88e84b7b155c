// Which of S3's operations a request is for: by its method, by whether it names a bucket and a key, and by its query.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html

import { UnsupportedFeatureError } from '../kernel/errors.ts';
import { QUERY_MEMBERS } from './s3-members.ts';

export type Subject = 'service' | 'bucket' | 'object';

interface Route {
  readonly method: string;
  readonly subject: Subject;
  readonly operation: string;
  /** Query parameters that must be there. */
  readonly selectors: readonly string[];
  /** The header of what is copied must be there. */
  readonly copies: boolean;
}

/** The first one that fits: those that ask for more stand first. */
const ROUTES: readonly Route[] = [
  route('GET', 'service', 'ListBuckets'),
  route('GET', 'bucket', 'GetBucketEncryption', ['encryption']),
  route('GET', 'bucket', 'GetBucketLocation', ['location']),
  route('GET', 'bucket', 'GetBucketNotificationConfiguration', ['notification']),
  route('GET', 'bucket', 'GetBucketOwnershipControls', ['ownershipControls']),
  route('GET', 'bucket', 'GetBucketPolicy', ['policy']),
  route('GET', 'bucket', 'GetBucketTagging', ['tagging']),
  route('GET', 'bucket', 'GetBucketVersioning', ['versioning']),
  route('GET', 'bucket', 'GetPublicAccessBlock', ['publicAccessBlock']),
  route('GET', 'bucket', 'ListMultipartUploads', ['uploads']),
  route('GET', 'bucket', 'ListObjectVersions', ['versions']),
  route('GET', 'bucket', 'ListObjectsV2', ['list-type']),
  route('GET', 'bucket', 'ListObjects'),
  route('HEAD', 'bucket', 'HeadBucket'),
  route('PUT', 'bucket', 'PutBucketNotificationConfiguration', ['notification']),
  route('PUT', 'bucket', 'CreateBucket'),
  route('POST', 'bucket', 'DeleteObjects', ['delete']),
  route('DELETE', 'bucket', 'DeleteBucket'),
  route('GET', 'object', 'GetObjectAttributes', ['attributes']),
  route('GET', 'object', 'GetObjectTagging', ['tagging']),
  route('GET', 'object', 'ListParts', ['uploadId']),
  route('GET', 'object', 'GetObject'),
  route('HEAD', 'object', 'HeadObject'),
  route('PUT', 'object', 'PutObjectTagging', ['tagging']),
  copyRoute('UploadPartCopy', ['partNumber', 'uploadId']),
  route('PUT', 'object', 'UploadPart', ['partNumber', 'uploadId']),
  copyRoute('CopyObject', []),
  route('PUT', 'object', 'PutObject'),
  route('POST', 'object', 'CreateMultipartUpload', ['uploads']),
  route('POST', 'object', 'CompleteMultipartUpload', ['uploadId']),
  route('DELETE', 'object', 'DeleteObjectTagging', ['tagging']),
  route('DELETE', 'object', 'AbortMultipartUpload', ['uploadId']),
  route('DELETE', 'object', 'DeleteObject'),
];

function route(method: string, subject: Subject, operation: string, selectors: readonly string[] = []): Route {
  return { method, subject, operation, selectors, copies: false };
}

function copyRoute(operation: string, selectors: readonly string[]): Route {
  return { method: 'PUT', subject: 'object', operation, selectors, copies: true };
}

export interface RoutedRequest {
  readonly method: string;
  readonly subject: Subject;
  readonly query: Readonly<Record<string, string>>;
  readonly copies: boolean;
}

/** @throws {UnsupportedFeatureError} for what is no operation, and for query parameters that neither choose one nor are known. */
export function findOperation({ method, subject, query, copies }: RoutedRequest): string {
  const found = ROUTES.find(
    (candidate) =>
      candidate.method === method &&
      candidate.subject === subject &&
      (!candidate.copies || copies) &&
      candidate.selectors.every((name) => Object.hasOwn(query, name)),
  );
  const strange = Object.keys(query).filter((name) => !isKnown(name, query[name], found));
  if (found && strange.length === 0) return found.operation;
  throw new UnsupportedFeatureError('s3', `${method} of ${subject} with ${strange.join(', ') || 'no query'}`);
}

function isKnown(name: string, value: string | undefined, found: Route | undefined): boolean {
  if (name === 'list-type') return found?.operation === 'ListObjectsV2' && value === '2';
  return name === 'x-id' || found?.selectors.includes(name) === true || QUERY_MEMBERS[name] !== undefined;
}
