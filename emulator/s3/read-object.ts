// What GetObject and HeadObject have in common: which part of an object they show, and what they say of it.

import { z } from 'zod';
import type { ObjectPart, StoredObject } from './bucket.ts';
import { type ByteRange, parseByteRange, renderContentRange } from './byte-range.ts';
import { renderChecksum, renderPartChecksum } from './checksum.ts';
import { assertReadConditions, readConditionMembers } from './conditions.ts';
import { locationMembers, versionMembers } from './object-key.ts';
import { invalidArgument, invalidRequest, S3Error } from './s3-error.ts';

export const objectRequestSchema = z.strictObject({
  ...locationMembers,
  ...versionMembers,
  ...readConditionMembers,
  Range: z.string().optional(),
  PartNumber: z.int().optional(),
  /** The object's checksum is shown when this is set. */
  ChecksumMode: z.literal('ENABLED').optional(),
  ResponseCacheControl: z.string().optional(),
  ResponseContentDisposition: z.string().optional(),
  ResponseContentEncoding: z.string().optional(),
  ResponseContentLanguage: z.string().optional(),
  ResponseContentType: z.string().optional(),
  ResponseExpires: z.string().optional(),
});

type ObjectRequest = z.output<typeof objectRequestSchema>;

export interface ObjectView {
  readonly range: ByteRange;
  /** Everything but the body. */
  readonly description: Record<string, unknown>;
}

/** @throws {S3Error} `PreconditionFailed`, `NotModified`, `InvalidRange`, `InvalidPartNumber`, `InvalidRequest`. */
export function viewObject(object: StoredObject, request: ObjectRequest): ObjectView {
  assertReadConditions(object, request);
  const sizeBytes = object.body.length;
  const part = findPart(object, request);
  const partial = part?.range ?? (request.Range === undefined ? undefined : parseByteRange(request.Range, sizeBytes));
  const range = partial ?? { start: 0, end: sizeBytes };
  return {
    range,
    description: {
      AcceptRanges: 'bytes',
      ContentLength: range.end - range.start,
      // There is no range of nothing to tell of.
      ...(partial && sizeBytes > 0 && { ContentRange: renderContentRange(partial, sizeBytes) }),
      ETag: object.etag,
      LastModified: object.lastModifiedMs / 1000,
      ServerSideEncryption: 'AES256',
      ...object.headers,
      ...findOverrides(request),
      ...(object.tags.length > 0 && { TagCount: object.tags.length }),
      ...(part && object.parts && { PartsCount: object.parts.length }),
      ...(request.ChecksumMode && describeChecksum(object, request, part?.part)),
    },
  };
}

/** A range has none of its own; a part has. */
function describeChecksum(object: StoredObject, { Range }: ObjectRequest, part: ObjectPart | undefined) {
  if (Range !== undefined) return {};
  return part
    ? { ...renderPartChecksum(part.checksum), ChecksumType: object.checksum.type }
    : renderChecksum(object.checksum);
}

/** An object that came in one has one part. */
function findPart(
  object: StoredObject,
  { PartNumber, Range }: ObjectRequest,
): { readonly range: ByteRange; readonly part: ObjectPart | undefined } | undefined {
  if (PartNumber === undefined) return undefined;
  if (Range !== undefined) throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  let start = 0;
  for (const part of object.parts ?? []) {
    const end = start + part.sizeBytes;
    if (part.partNumber === PartNumber) return { range: { start, end }, part };
    start = end;
  }
  if (!object.parts && PartNumber === 1) return { range: { start: 0, end: object.body.length }, part: undefined };
  throw new S3Error('InvalidPartNumber', 'The requested partnumber is not satisfiable', {
    status: 416,
    details: { ActualPartCount: String(object.parts?.length ?? 1), PartNumberRequested: String(PartNumber) },
  });
}

/** `response-content-type` and its like stand for what the object has. */
function findOverrides(request: ObjectRequest): Record<string, string> {
  const overrides = {
    CacheControl: request.ResponseCacheControl,
    ContentDisposition: request.ResponseContentDisposition,
    ContentEncoding: request.ResponseContentEncoding,
    ContentLanguage: request.ResponseContentLanguage,
    ContentType: request.ResponseContentType,
    Expires: request.ResponseExpires,
  };
  const given = Object.entries(overrides).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  for (const [name, value] of given) {
    if (!/^[\t\x20-\x7e\xa0-\xff]*$/.test(value)) {
      throw invalidArgument('Header value cannot be represented using ISO-8859-1.', `Response${name}`, value);
    }
  }
  return Object.fromEntries(given);
}
