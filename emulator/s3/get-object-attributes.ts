import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { StoredObject } from './bucket.ts';
import { renderChecksum, renderPartChecksum } from './checksum.ts';
import { unquote } from './conditions.ts';
import { findObject } from './find-object.ts';
import { computeLimit } from './list-page.ts';
import { locationMembers, versionMembers } from './object-key.ts';
import { needObject, type S3State } from './s3-state.ts';

const attributeSchema = z.enum(['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize']);

const inputSchema = z.strictObject({
  ...locationMembers,
  ...versionMembers,
  ObjectAttributes: z.array(attributeSchema).min(1),
  MaxParts: z.int().optional(),
  PartNumberMarker: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).default(0),
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export function getObjectAttributes(state: S3State): Operation {
  return defineOperation({
    name: 'GetObjectAttributes',
    input: inputSchema,
    needs: (input) => [
      ...needObject(state, 's3:GetObject', input),
      ...needObject(state, 's3:GetObjectAttributes', input),
    ],
    handle(input, context) {
      const object = findObject(state, input, context);
      const wanted = new Set(input.ObjectAttributes);
      return {
        LastModified: object.lastModifiedMs / 1000,
        ...(wanted.has('ETag') && { ETag: unquote(object.etag) }),
        ...(wanted.has('Checksum') && { Checksum: renderChecksum(object.checksum) }),
        ...(wanted.has('ObjectParts') && object.parts && { ObjectParts: describeParts(object, input) }),
        ...(wanted.has('StorageClass') && { StorageClass: 'STANDARD' }),
        ...(wanted.has('ObjectSize') && { ObjectSize: object.body.length }),
      };
    },
  });
}

/** Parts are told one by one only where each has a checksum that counts: in a composite one. */
function describeParts({ parts = [], checksum }: StoredObject, input: z.output<typeof inputSchema>) {
  const TotalPartsCount = parts.length;
  if (checksum.type !== 'COMPOSITE') return { TotalPartsCount };
  const limit = computeLimit(input.MaxParts, 'max-parts');
  const behind = parts.filter(({ partNumber }) => partNumber > input.PartNumberMarker);
  const page = behind.slice(0, limit);
  return {
    TotalPartsCount,
    PartNumberMarker: input.PartNumberMarker,
    NextPartNumberMarker: page.at(-1)?.partNumber ?? 0,
    MaxParts: limit,
    IsTruncated: limit > 0 && behind.length > limit,
    Parts: page.map((part) => ({
      PartNumber: part.partNumber,
      Size: part.sizeBytes,
      ...renderPartChecksum(part.checksum),
    })),
  };
}
