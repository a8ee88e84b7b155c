import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import { computeObjectArn, type S3State } from './create-s3-service.ts';

export function createMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'CreateMultipartUpload',
    input: z.strictObject({
      Bucket: z.string().min(1),
      Key: z.string().min(1).max(1024),
      ContentType: z.string().default('application/octet-stream'),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle({ Bucket, Key, ContentType }) {
      const uploadId = state.createUploadId();
      state.findBucket(Bucket).uploads.set(uploadId, {
        key: Key,
        contentType: ContentType,
        initiatedMs: state.nowInWholeSecondsMs(),
        parts: new Map(),
      });
      return { Bucket, Key, UploadId: uploadId };
    },
  });
}
