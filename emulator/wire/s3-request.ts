// An HTTP request to S3 as the API's operation and parameters. Whatever a request has besides is refused by name.
// https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html

import { z } from 'zod';
import { AwsError, UnsupportedFeatureError } from '../kernel/errors.ts';
import { bodyChecksumMembers, findGivenChecksum, verifyBody } from '../s3/checksum.ts';
import { invalidArgument, invalidRequest } from '../s3/s3-error.ts';
import type { Endpoint } from './endpoint.ts';
import type { HttpRequest } from './http-message.ts';
import { isTransportHeader } from './known-headers.ts';
import type { ParsedRequest } from './protocol.ts';
import { decodeBody } from './s3-body.ts';
import {
  BODY_HEADERS,
  BOOLEAN_MEMBERS,
  HEADER_MEMBERS,
  INTEGER_MEMBERS,
  LIST_MEMBERS,
  METADATA_PREFIX,
  QUERY_MEMBERS,
  TIME_MEMBERS,
} from './s3-members.ts';
import { findOperation, type Subject } from './s3-routes.ts';
import { parseXmlBody } from './s3-xml.ts';

const BODY_OPERATIONS: ReadonlySet<string> = new Set(['PutObject', 'UploadPart']);
/** They make an object, which keeps the headers of its body. */
const OBJECT_MAKING_OPERATIONS: ReadonlySet<string> = new Set(['PutObject', 'CreateMultipartUpload', 'CopyObject']);

/** Which member the body is, and its root element. */
interface XmlBody {
  readonly member: string;
  readonly root: string;
}

const bodyChecksumSchema = z.object(bodyChecksumMembers);
const XML_BODIES: Readonly<Record<string, XmlBody>> = {
  CompleteMultipartUpload: { member: 'MultipartUpload', root: 'CompleteMultipartUpload' },
  CreateBucket: { member: 'CreateBucketConfiguration', root: 'CreateBucketConfiguration' },
  DeleteObjects: { member: 'Delete', root: 'Delete' },
  PutBucketNotificationConfiguration: { member: 'NotificationConfiguration', root: 'NotificationConfiguration' },
  PutObjectTagging: { member: 'Tagging', root: 'Tagging' },
};
/** Of a presigned URL: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
const SIGNATURE_PARAMETERS: ReadonlySet<string> = new Set([
  'x-amz-algorithm',
  'x-amz-credential',
  'x-amz-expires',
  'x-amz-signature',
  'x-amz-signedheaders',
]);

/** https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html */
const VERSION_2_PARAMETERS: ReadonlySet<string> = new Set([
  'AWSAccessKeyId',
  'Expires',
  'Signature',
  'content-md5',
  'content-type',
]);

/** @throws {AwsError} or {UnsupportedFeatureError} */
export function parseS3Request(original: HttpRequest, endpoint: Endpoint): ParsedRequest {
  const request = moveParametersToHeaders(original);
  const { bucket, key } = parseLocation(request, endpoint);
  const operation = findOperation({
    method: request.method,
    subject: findSubject(bucket, key),
    query: request.query,
    copies: request.headers['x-amz-copy-source'] !== undefined,
  });
  const { headers, body } = decodeBody(request);
  const members = {
    ...(bucket !== '' && { Bucket: bucket }),
    ...(key !== '' && { Key: key }),
    ...parseQueryParameters(request),
    ...parseHeaderParameters(operation, headers),
  };
  if (BODY_OPERATIONS.has(operation)) return { operation, input: { ...members, Body: body } };
  const xml = XML_BODIES[operation];
  if (!xml) return { operation, input: members };
  const content = parseXmlMember(operation, body, xml);
  // What stands beside XML is the checksum of the XML, unless the XML completes an object.
  if (operation === 'CompleteMultipartUpload') return { operation, input: { ...members, ...content } };
  const checksums = bodyChecksumSchema.parse(members);
  if (operation === 'DeleteObjects') assertHasChecksum(checksums);
  verifyBody(body, checksums);
  const ofTheOperation = Object.entries(members).filter(([member]) => !Object.hasOwn(bodyChecksumMembers, member));
  return { operation, input: { ...Object.fromEntries(ofTheOperation), ...content } };
}

/** In a presigned URL, parameters may stand for the headers that they are called as. */
function moveParametersToHeaders(request: HttpRequest): HttpRequest {
  if (Object.keys(request.query).length === 0) return request;
  const isOfVersion2 = request.query.AWSAccessKeyId !== undefined;
  const query: Record<string, string> = {};
  const headers: Record<string, string> = { ...request.headers };
  for (const [name, value] of Object.entries(request.query)) {
    const lowerCaseName = name.toLowerCase();
    if (SIGNATURE_PARAMETERS.has(lowerCaseName) || (isOfVersion2 && VERSION_2_PARAMETERS.has(name))) continue;
    if (lowerCaseName.startsWith('x-amz-')) headers[lowerCaseName] ??= value;
    else query[name] = value;
  }
  return { ...request, query, headers };
}

/** Both are empty where the request names neither. @throws {AwsError} `InvalidURI`. */
export function parseLocation({ path }: HttpRequest, endpoint: Endpoint): { bucket: string; key: string } {
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

function findSubject(bucket: string, key: string): Subject {
  if (bucket === '') return 'service';
  return key === '' ? 'bucket' : 'object';
}

/** Those that only choose the operation are no members. */
function parseQueryParameters({ query }: HttpRequest): Record<string, unknown> {
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    const member = QUERY_MEMBERS[name];
    if (member !== undefined) parameters[member] = parseValue(name, member, value);
  }
  return parameters;
}

/** Headers that are no parameters are HTTP's own, and S3 does not look at them; its own are refused when unknown. */
function parseHeaderParameters(operation: string, headers: HttpRequest['headers']): Record<string, unknown> {
  const makesObject = OBJECT_MAKING_OPERATIONS.has(operation);
  const parameters: Record<string, unknown> = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const member = HEADER_MEMBERS[name];
    if (isTransportHeader(name) || name === 'x-amz-decoded-content-length') continue;
    if (name.startsWith(METADATA_PREFIX)) metadata[name.slice(METADATA_PREFIX.length)] = value;
    else if (BODY_HEADERS.has(name)) {
      if (makesObject && member !== undefined) parameters[member] = value;
    } else if (member !== undefined) parameters[member] = parseValue(name, member, value);
    else if (name.startsWith('x-amz-')) throw new UnsupportedFeatureError(`s3.${operation}`, `header ${name}`);
  }
  return { ...parameters, ...(Object.keys(metadata).length > 0 && { Metadata: metadata }) };
}

/** @throws {S3Error} `InvalidArgument`. */
function parseValue(name: string, member: string, text: string): unknown {
  if (INTEGER_MEMBERS.has(member)) {
    if (!/^-?\d{1,10}$/.test(text)) {
      throw invalidArgument(`Provided ${name} not an integer or within integer range`, name, text);
    }
    return Number(text);
  }
  if (BOOLEAN_MEMBERS.has(member)) return text.toLowerCase() === 'true';
  if (LIST_MEMBERS.has(member)) return text.split(',').map((item) => item.trim());
  if (member === 'ChecksumAlgorithm') return text.toUpperCase();
  if (!TIME_MEMBERS.has(member)) return text;
  // A date that is none counts as not given: https://www.rfc-editor.org/rfc/rfc9110#section-13.1.3
  const timeMs = Date.parse(text);
  return Number.isNaN(timeMs) ? undefined : timeMs / 1000;
}

function parseXmlMember(operation: string, body: Buffer, { member, root }: XmlBody): Record<string, unknown> {
  return operation === 'CreateBucket' && body.length === 0 ? {} : { [member]: parseXmlBody(body, root) };
}

/** "The Content-MD5 request header is required for all Multi-Object Delete requests", or a checksum in its place. */
function assertHasChecksum(checksums: z.output<typeof bodyChecksumSchema>): void {
  if (checksums.ContentMD5 !== undefined || findGivenChecksum(checksums)) return;
  throw invalidRequest('Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
}
