// S3's REST-XML: the bucket in the host or the path, the operation in method and query.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html

import { XMLBuilder, XMLParser } from 'fast-xml-parser';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import type { HttpRequest, HttpResponse } from './http-message.ts';
import type { WireProtocol } from './protocol.ts';

const XML_HEADERS = { 'content-type': 'application/xml' };
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const builder = new XMLBuilder({ ignoreAttributes: false });
const parser = new XMLParser({ parseTagValue: false, isArray: (name) => name === 'Part' });

/** Query parameters that say nothing about what is asked for. */
const SILENT_PARAMETERS = new Set(['x-id', 'list-type', 'uploads']);

export const S3_PROTOCOL: WireProtocol = {
  service: 's3',
  unknownKeyCode: 'InvalidAccessKeyId',
  parseRequest(request) {
    const { bucket, key } = parseLocation(request);
    const operation = findOperation(request, key);
    const location = { Bucket: bucket, ...(key !== '' && { Key: key }) };
    return { operation, input: { ...location, ...parseParameters(operation, request) } };
  },
  renderAnswer(operation, { requestId, output }) {
    const answer: Record<string, unknown> = { ...(typeof output === 'object' ? output : {}) };
    const response = renderOutput(operation, answer);
    return { ...response, headers: { ...response.headers, 'x-amz-request-id': requestId } };
  },
  renderError: ({ code, message, status }) => ({
    status,
    headers: XML_HEADERS,
    body: renderXml({ Error: { Code: code, Message: message } }),
  }),
};

function parseLocation({ host, path }: HttpRequest): { bucket: string; key: string } {
  const virtual = /^(.+)\.s3[.-][^/]*$/.exec(host)?.[1];
  const segments = path.replace(/^\//, '').split('/').map(decodeURIComponent);
  if (virtual) return { bucket: virtual, key: segments.join('/') };
  return { bucket: segments[0] ?? '', key: segments.slice(1).join('/') };
}

function findOperation({ method, query }: HttpRequest, key: string): string {
  const has = (name: string) => Object.hasOwn(query, name);
  if (key === '') {
    if (method === 'GET' && query['list-type'] === '2') return 'ListObjectsV2';
    throw new UnsupportedFeatureError(
      's3',
      `${method} of a bucket with ${Object.keys(query).join(', ') || 'no query'}`,
    );
  }
  if (method === 'POST' && has('uploads')) return 'CreateMultipartUpload';
  if (method === 'POST' && has('uploadId')) return 'CompleteMultipartUpload';
  if (method === 'PUT' && has('uploadId')) return 'UploadPart';
  const operation = { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' }[method];
  if (operation) return operation;
  throw new UnsupportedFeatureError('s3', `${method} of an object`);
}

/** Query parameters under their names in the API. */
const PARAMETER_NAMES: Readonly<Record<string, string>> = {
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  'max-keys': 'MaxKeys',
  'start-after': 'StartAfter',
  'continuation-token': 'ContinuationToken',
  uploadId: 'UploadId',
  partNumber: 'PartNumber',
};
const NUMERIC_PARAMETERS = new Set(['MaxKeys', 'PartNumber']);
/** Headers that change what an operation does, and that are not modelled. */
const REFUSED_HEADERS = [
  'range',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'x-amz-copy-source',
  'x-amz-tagging',
  'x-amz-acl',
];

function parseParameters(operation: string, { query, headers, body }: HttpRequest): Record<string, unknown> {
  const refused = REFUSED_HEADERS.find((name) => headers[name] !== undefined);
  if (refused) throw new UnsupportedFeatureError(`s3.${operation}`, `header ${refused}`);
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (SILENT_PARAMETERS.has(name)) continue;
    const known = PARAMETER_NAMES[name];
    if (!known) throw new UnsupportedFeatureError(`s3.${operation}`, `query parameter ${name}`);
    parameters[known] = NUMERIC_PARAMETERS.has(known) ? Number(value) : value;
  }
  if (operation === 'CompleteMultipartUpload') parameters.MultipartUpload = parseParts(body);
  if (operation === 'PutObject' || operation === 'UploadPart') parameters.Body = parseBody(operation, headers, body);
  if ((operation === 'PutObject' || operation === 'CreateMultipartUpload') && headers['content-type']) {
    parameters.ContentType = headers['content-type'];
  }
  return parameters;
}

/** A streamed body comes in signed chunks, with the checksum behind the last one. */
function parseBody(operation: string, headers: HttpRequest['headers'], body: Buffer): Buffer {
  if (!headers['content-encoding']?.includes('aws-chunked')) return body;
  const parts: Buffer[] = [];
  let offset = 0;
  while (offset < body.length) {
    const lineEnd = body.indexOf('\r\n', offset);
    const size = Number.parseInt(body.subarray(offset, lineEnd).toString(), 16);
    if (lineEnd < 0 || Number.isNaN(size)) throw new AwsError('IncompleteBody', `${operation}: a chunk has no size`);
    if (size === 0) break;
    parts.push(body.subarray(lineEnd + 2, lineEnd + 2 + size));
    offset = lineEnd + 2 + size + 2;
  }
  return Buffer.concat(parts);
}

function parseParts(body: Buffer): unknown {
  const parsed: { CompleteMultipartUpload?: { Part?: { PartNumber: string; ETag: string }[] } } = parser.parse(
    body.toString(),
  );
  const parts = parsed.CompleteMultipartUpload?.Part;
  if (!parts)
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    );
  return { Parts: parts.map(({ PartNumber, ETag }) => ({ PartNumber: Number(PartNumber), ETag })) };
}

function renderOutput(operation: string, answer: Record<string, unknown>): HttpResponse {
  switch (operation) {
    case 'GetObject':
    case 'HeadObject':
      return {
        status: 200,
        headers: {
          'content-type': String(answer.ContentType),
          'content-length': String(answer.ContentLength),
          etag: String(answer.ETag),
          'last-modified': new Date(Number(answer.LastModified) * 1000).toUTCString(),
        },
        body: answer.Body instanceof Buffer ? answer.Body : Buffer.alloc(0),
      };
    case 'PutObject':
    case 'UploadPart':
      return { status: 200, headers: { etag: String(answer.ETag) }, body: Buffer.alloc(0) };
    case 'DeleteObject':
      return { status: 204, headers: {}, body: Buffer.alloc(0) };
    case 'ListObjectsV2':
      return renderDocument('ListBucketResult', { ...answer, Contents: renderContents(answer.Contents) });
    case 'CreateMultipartUpload':
      return renderDocument('InitiateMultipartUploadResult', answer);
    default:
      return renderDocument(`${operation}Result`, answer);
  }
}

function renderContents(contents: unknown): unknown[] {
  if (!Array.isArray(contents)) return [];
  return contents.map((object: { LastModified: number }) => ({
    ...object,
    LastModified: new Date(object.LastModified * 1000).toISOString(),
  }));
}

function renderDocument(name: string, content: Record<string, unknown>): HttpResponse {
  return { status: 200, headers: XML_HEADERS, body: renderXml({ [name]: { '@_xmlns': NAMESPACE, ...content } }) };
}

function renderXml(document: object): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`);
}
