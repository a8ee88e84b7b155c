import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { renderPartChecksum } from './checksum.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { computeLimit } from './list-page.ts';
import { computeOwner } from './owner.ts';
import { needObject, type S3State } from './s3-state.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export function listParts(state: S3State): Operation {
  return defineOperation({
    name: 'ListParts',
    input: z.strictObject({
      ...uploadMembers,
      MaxParts: z.int().optional(),
      PartNumberMarker: z.union([z.int(), z.string().regex(/^\d+$/).transform(Number)]).default(0),
    }),
    needs: (input) => needObject(state, 's3:ListMultipartUploadParts', input),
    handle(input) {
      const { Bucket, Key, UploadId, PartNumberMarker } = input;
      const upload = findUpload(state, input);
      const limit = computeLimit(input.MaxParts, 'max-parts');
      const behind = [...upload.parts.values()]
        .filter(({ partNumber }) => partNumber > PartNumberMarker)
        .sort((a, b) => a.partNumber - b.partNumber);
      const parts = behind.slice(0, limit);
      const owner = computeOwner(state.world.accountId);
      return {
        Bucket,
        Key,
        UploadId,
        PartNumberMarker,
        NextPartNumberMarker: parts.at(-1)?.partNumber ?? 0,
        MaxParts: limit,
        IsTruncated: limit > 0 && behind.length > limit,
        Parts: parts.map((part) => ({
          PartNumber: part.partNumber,
          LastModified: part.lastModifiedMs / 1000,
          ETag: part.etag,
          Size: part.body.length,
          ...(upload.checksum && renderPartChecksum(part.checksum)),
        })),
        Initiator: { ID: upload.initiatorId },
        Owner: owner,
        StorageClass: 'STANDARD',
        ...(upload.checksum && { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type }),
      };
    },
  });
}
