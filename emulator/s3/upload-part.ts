import { z } from 'zod';
import { AwsError } from '../kernel/errors.ts';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { Bucket, Upload } from './bucket.ts';
import { computeEtag, computeObjectArn, type S3State } from './create-s3-service.ts';

export function uploadPart(state: S3State): Operation {
  return defineOperation({
    name: 'UploadPart',
    input: z.strictObject({
      Bucket: z.string().min(1),
      Key: z.string().min(1),
      UploadId: z.string().min(1),
      PartNumber: z.int().min(1).max(10_000),
      Body: z.instanceof(Buffer).default(Buffer.alloc(0)),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle({ Bucket, UploadId, PartNumber, Body }) {
      const etag = computeEtag(Body);
      findUpload(state.findBucket(Bucket), UploadId).parts.set(PartNumber, { body: Body, etag });
      return { ETag: etag };
    },
  });
}

/** @throws {AwsError} `NoSuchUpload`. */
export function findUpload(bucket: Bucket, uploadId: string): Upload {
  const upload = bucket.uploads.get(uploadId);
  if (upload) return upload;
  throw new AwsError(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { status: 404 },
  );
}
