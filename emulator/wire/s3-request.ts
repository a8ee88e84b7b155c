// An HTTP request to S3 as the API's operation and parameters. Whatever a request has besides is refused by name.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html

import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { incompleteBody, parseChunkedBody } from './aws-chunked.ts';
import type { Endpoint } from './endpoint.ts';
import type { HttpRequest } from './http-message.ts';
import { assertKnownHeaders } from './known-headers.ts';
import type { ParsedRequest } from './protocol.ts';

/** Query parameters that choose the operation, or say nothing. */
const SILENT_PARAMETERS: ReadonlySet<string> = new Set(['x-id', 'list-type', 'uploads']);

/** Query parameters under their names in the API. */
const PARAMETER_NAMES: Readonly<Record<string, string>> = {
  'continuation-token': 'ContinuationToken',
  delimiter: 'Delimiter',
  'max-keys': 'MaxKeys',
  partNumber: 'PartNumber',
  prefix: 'Prefix',
  'start-after': 'StartAfter',
  uploadId: 'UploadId',
};
const NUMERIC_PARAMETERS: ReadonlySet<string> = new Set(['MaxKeys', 'PartNumber']);

const BODY_OPERATIONS: ReadonlySet<string> = new Set(['PutObject', 'UploadPart']);
const TYPED_OPERATIONS: ReadonlySet<string> = new Set(['PutObject', 'CreateMultipartUpload']);

const MODELLED_HEADERS: ReadonlySet<string> = new Set(['content-type']);
const BODY_HEADERS: ReadonlySet<string> = new Set([
  'content-encoding',
  'content-type',
  'x-amz-checksum-crc32',
  'x-amz-decoded-content-length',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-trailer',
]);
const GET_HEADERS: ReadonlySet<string> = new Set(['content-type', 'x-amz-checksum-mode']);

/** @throws {AwsError} or {UnsupportedFeatureError} */
export function parseS3Request(request: HttpRequest, endpoint: Endpoint): ParsedRequest {
  const { bucket, key } = parseLocation(request, endpoint);
  const operation = findOperation(request, bucket, key);
  assertKnownHeaders(`s3.${operation}`, request.headers, findModelledHeaders(operation));
  const input = {
    Bucket: bucket,
    ...(key !== '' && { Key: key }),
    ...parseQueryParameters(operation, request),
    ...parseHeaderParameters(operation, request),
    ...(BODY_OPERATIONS.has(operation) && parseObjectBody(operation, request)),
    ...(operation === 'CompleteMultipartUpload' && { MultipartUpload: parseParts(request.body) }),
  };
  return { operation, input };
}

function parseLocation({ path }: HttpRequest, endpoint: Endpoint): { bucket: string; key: string } {
  const decoded = decodePath(path).replace(/^\//, '');
  if (endpoint.bucket !== undefined) return { bucket: endpoint.bucket, key: decoded };
  const [bucket = '', ...rest] = decoded.split('/');
  return { bucket, key: rest.join('/') };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", { cause });
  }
}

function findOperation({ method, query }: HttpRequest, bucket: string, key: string): string {
  const has = (name: string) => Object.hasOwn(query, name);
  if (key === '') {
    if (bucket !== '' && method === 'GET' && query['list-type'] === '2') return 'ListObjectsV2';
    const subject = bucket === '' ? 'the service' : 'a bucket';
    throw new UnsupportedFeatureError(
      's3',
      `${method} of ${subject} with ${Object.keys(query).join(', ') || 'no query'}`,
    );
  }
  if (method === 'POST' && has('uploads')) return 'CreateMultipartUpload';
  const withUpload = { PUT: 'UploadPart', POST: 'CompleteMultipartUpload', DELETE: 'AbortMultipartUpload' }[method];
  if (has('uploadId') && withUpload) return withUpload;
  const operation = { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' }[method];
  if (operation) return operation;
  throw new UnsupportedFeatureError('s3', `${method} of an object`);
}

function findModelledHeaders(operation: string): ReadonlySet<string> {
  if (BODY_OPERATIONS.has(operation)) return BODY_HEADERS;
  return operation === 'GetObject' || operation === 'HeadObject' ? GET_HEADERS : MODELLED_HEADERS;
}

function parseQueryParameters(operation: string, { query }: HttpRequest): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (SILENT_PARAMETERS.has(name)) continue;
    const known = PARAMETER_NAMES[name];
    if (!known) throw new UnsupportedFeatureError(`s3.${operation}`, `query parameter ${name}`);
    parameters[known] = NUMERIC_PARAMETERS.has(known) ? Number(value) : value;
  }
  return parameters;
}

function parseHeaderParameters(operation: string, { headers }: HttpRequest): Record<string, unknown> {
  const contentType = headers['content-type'];
  const checksumMode = headers['x-amz-checksum-mode'];
  return {
    ...(TYPED_OPERATIONS.has(operation) && contentType && { ContentType: contentType }),
    ...(checksumMode && { ChecksumMode: checksumMode }),
  };
}

/** A streamed body comes in chunks, with its checksum behind the last one. */
function parseObjectBody(operation: string, { headers, body }: HttpRequest): Record<string, unknown> {
  const encoding = headers['content-encoding'];
  const algorithm = headers['x-amz-sdk-checksum-algorithm'];
  if (encoding !== undefined && encoding !== 'aws-chunked') {
    throw new UnsupportedFeatureError(`s3.${operation}`, `header content-encoding with ${encoding}`);
  }
  const { body: decoded, trailers } = encoding ? parseChunkedBody(body) : { body, trailers: {} };
  assertKnownHeaders(`s3.${operation}`, trailers, BODY_HEADERS);
  const decodedLength = headers['x-amz-decoded-content-length'];
  if (decodedLength !== undefined && Number(decodedLength) !== decoded.length) {
    throw incompleteBody(`${decodedLength} bytes announced, got ${decoded.length}`);
  }
  const checksum = headers['x-amz-checksum-crc32'] ?? trailers['x-amz-checksum-crc32'];
  return {
    Body: decoded,
    ...(algorithm && { ChecksumAlgorithm: algorithm }),
    ...(checksum && { ChecksumCRC32: checksum }),
  };
}

const xmlParser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Part' });
const completionSchema = z.object({
  CompleteMultipartUpload: z.object({ Part: z.array(z.looseObject({ PartNumber: z.coerce.number() })) }),
});

function parseParts(body: Buffer): unknown {
  try {
    return { Parts: completionSchema.parse(xmlParser.parse(body.toString())).CompleteMultipartUpload.Part };
  } catch (cause) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
      { cause },
    );
  }
}
