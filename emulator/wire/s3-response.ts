// What S3's operations give, as HTTP responses.

import { z } from 'zod';
import type { HttpResponse } from './http-message.ts';
import { HEADER_MEMBERS, METADATA_PREFIX, TIME_MEMBERS } from './s3-members.ts';
import { renderXmlDocument } from './s3-xml.ts';

const XML_HEADERS = { 'content-type': 'application/xml' };
const EMPTY = Buffer.alloc(0);

interface XmlAnswer {
  readonly root: string;
  /** The member that is the document; by default all of them are in it. */
  readonly payload?: string;
  /** Members that go into headers. */
  readonly headers?: readonly string[];
}

/** Operations that answer in XML. The others answer in headers alone, or with an object's body. */
const XML_ANSWERS: Readonly<Record<string, XmlAnswer>> = {
  CompleteMultipartUpload: { root: 'CompleteMultipartUploadResult', headers: ['ServerSideEncryption'] },
  CopyObject: { root: 'CopyObjectResult', payload: 'CopyObjectResult', headers: ['ServerSideEncryption'] },
  CreateMultipartUpload: {
    root: 'InitiateMultipartUploadResult',
    headers: ['ChecksumAlgorithm', 'ChecksumType', 'ServerSideEncryption'],
  },
  DeleteObjects: { root: 'DeleteResult' },
  GetBucketEncryption: {
    root: 'ServerSideEncryptionConfiguration',
    payload: 'ServerSideEncryptionConfiguration',
  },
  GetBucketLocation: { root: 'LocationConstraint', payload: 'LocationConstraint' },
  GetBucketNotificationConfiguration: { root: 'NotificationConfiguration' },
  GetBucketOwnershipControls: { root: 'OwnershipControls', payload: 'OwnershipControls' },
  GetBucketTagging: { root: 'Tagging' },
  GetBucketVersioning: { root: 'VersioningConfiguration' },
  GetObjectAttributes: { root: 'GetObjectAttributesResponse', headers: ['LastModified'] },
  GetObjectTagging: { root: 'Tagging' },
  GetPublicAccessBlock: { root: 'PublicAccessBlockConfiguration', payload: 'PublicAccessBlockConfiguration' },
  ListBuckets: { root: 'ListAllMyBucketsResult' },
  ListMultipartUploads: { root: 'ListMultipartUploadsResult' },
  ListObjects: { root: 'ListBucketResult' },
  ListObjectsV2: { root: 'ListBucketResult' },
  ListObjectVersions: { root: 'ListVersionsResult' },
  ListParts: { root: 'ListPartsResult' },
  UploadPartCopy: { root: 'CopyPartResult', payload: 'CopyPartResult', headers: ['ServerSideEncryption'] },
};

const NO_CONTENT_OPERATIONS: ReadonlySet<string> = new Set([
  'AbortMultipartUpload',
  'DeleteBucket',
  'DeleteObject',
  'DeleteObjectTagging',
]);

/** In responses, each member has one header. */
const HEADERS: ReadonlyMap<string, string> = new Map(
  Object.entries(HEADER_MEMBERS)
    .filter(([header]) => header !== 'x-amz-sdk-checksum-algorithm')
    .map(([header, member]) => [member, header]),
);

const outputSchema = z.custom<Readonly<Record<string, unknown>>>(
  (output) => typeof output === 'object' && output !== null,
);
const policySchema = z.string();
const metadataSchema = z.record(z.string(), z.string());

export function renderS3Output(operation: string, rawOutput: unknown): HttpResponse {
  const output = outputSchema.parse(rawOutput);
  const xml = XML_ANSWERS[operation];
  if (xml) return renderXmlAnswer(xml, output);
  if (operation === 'GetBucketPolicy') {
    const body = Buffer.from(policySchema.parse(output.Policy));
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const headers = renderHeaders(output);
  if (output.Metadata !== undefined) {
    for (const [name, value] of Object.entries(metadataSchema.parse(output.Metadata))) {
      headers[`${METADATA_PREFIX}${name}`] = value;
    }
  }
  return { status: findStatus(operation, output), headers, body: output.Body instanceof Buffer ? output.Body : EMPTY };
}

function findStatus(operation: string, output: Readonly<Record<string, unknown>>): number {
  if (NO_CONTENT_OPERATIONS.has(operation)) return 204;
  return output.ContentRange === undefined ? 200 : 206;
}

function renderXmlAnswer(
  { root, payload, headers = [] }: XmlAnswer,
  output: Readonly<Record<string, unknown>>,
): HttpResponse {
  const entries = Object.entries(output);
  const inHeaders = entries.filter(([member]) => headers.includes(member));
  const inDocument = entries.filter(([member]) => !headers.includes(member));
  return {
    status: 200,
    headers: { ...XML_HEADERS, ...renderHeaders(Object.fromEntries(inHeaders)) },
    body: renderXmlDocument(root, payload === undefined ? Object.fromEntries(inDocument) : output[payload]),
  };
}

/** Members without a header are left out. */
function renderHeaders(members: Readonly<Record<string, unknown>>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const member of Object.keys(members)) {
    const name = HEADERS.get(member);
    const value = members[member];
    if (name === undefined || value === undefined) continue;
    const isTime = TIME_MEMBERS.has(member) && typeof value === 'number';
    headers[name] = isTime ? new Date(value * 1000).toUTCString() : String(value);
  }
  return headers;
}
