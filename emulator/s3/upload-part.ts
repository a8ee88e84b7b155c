import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { assertChecksum, checksumMembers } from './checksum.ts';
import { computeEtag, type S3State } from './create-s3-service.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { computeObjectArn } from './object-key.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const PART_NUMBER_MAX = 10_000;

export function uploadPart(state: S3State): Operation {
  return defineOperation({
    name: 'UploadPart',
    input: z.strictObject({
      ...uploadMembers,
      ...checksumMembers,
      PartNumber: z.int().min(1).max(PART_NUMBER_MAX),
      Body: z.instanceof(Buffer).default(Buffer.alloc(0)),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle(input) {
      const { PartNumber, Body, ChecksumCRC32 } = input;
      const upload = findUpload(state, input);
      assertChecksum(Body, ChecksumCRC32);
      const etag = computeEtag(Body);
      upload.parts.set(PartNumber, { body: Body, etag });
      return { ETag: etag, ...(ChecksumCRC32 !== undefined && { ChecksumCRC32 }) };
    },
  });
}
