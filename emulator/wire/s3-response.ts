// What S3's operations give, as HTTP responses.

import { XMLBuilder } from 'fast-xml-parser';
import { z } from 'zod';
import type { HttpResponse } from './http-message.ts';

const XML_HEADERS = { 'content-type': 'application/xml' };
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
const EMPTY = Buffer.alloc(0);
const builder = new XMLBuilder({ ignoreAttributes: false });

const storedSchema = z.object({ ETag: z.string(), ChecksumCRC32: z.string().optional() });
const objectSchema = storedSchema.extend({
  Body: z.instanceof(Buffer).optional(),
  ContentLength: z.int(),
  ContentType: z.string(),
  /** Epoch seconds. */
  LastModified: z.number(),
});
const listingSchema = z.looseObject({ Contents: z.array(z.looseObject({ LastModified: z.number() })) });
const documentSchema = z.looseObject({});

export function renderS3Output(operation: string, output: unknown): HttpResponse {
  switch (operation) {
    case 'GetObject':
    case 'HeadObject':
      return renderObject(objectSchema.parse(output));
    case 'PutObject':
    case 'UploadPart':
      return { status: 200, headers: renderStoredHeaders(storedSchema.parse(output)), body: EMPTY };
    case 'DeleteObject':
    case 'AbortMultipartUpload':
      return { status: 204, headers: {}, body: EMPTY };
    case 'ListObjectsV2':
      return renderListing(listingSchema.parse(output));
    case 'CreateMultipartUpload':
      return renderDocument('InitiateMultipartUploadResult', documentSchema.parse(output));
    default:
      return renderDocument(`${operation}Result`, documentSchema.parse(output));
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export function renderS3Error({ code, message }: { readonly code: string; readonly message: string }): Buffer {
  return renderXml({ Error: { Code: code, Message: message } });
}

function renderObject(object: z.output<typeof objectSchema>): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': object.ContentType,
      'content-length': String(object.ContentLength),
      'last-modified': new Date(object.LastModified * 1000).toUTCString(),
      ...renderStoredHeaders(object),
    },
    body: object.Body ?? EMPTY,
  };
}

function renderStoredHeaders({ ETag, ChecksumCRC32 }: z.output<typeof storedSchema>): Record<string, string> {
  return {
    etag: ETag,
    ...(ChecksumCRC32 !== undefined && {
      'x-amz-checksum-crc32': ChecksumCRC32,
      'x-amz-checksum-type': 'FULL_OBJECT',
    }),
  };
}

function renderListing(listing: z.output<typeof listingSchema>): HttpResponse {
  const contents = listing.Contents.map((object) => ({
    ...object,
    LastModified: new Date(object.LastModified * 1000).toISOString(),
  }));
  return renderDocument('ListBucketResult', { ...listing, Contents: contents });
}

function renderDocument(name: string, content: Readonly<Record<string, unknown>>): HttpResponse {
  return { status: 200, headers: XML_HEADERS, body: renderXml({ [name]: { '@_xmlns': NAMESPACE, ...content } }) };
}

function renderXml(document: object): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${builder.build(document)}`);
}
