import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { S3State } from './create-s3-service.ts';
import { assertKeyLength, computeObjectArn, locationMembers } from './object-key.ts';

export function createMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'CreateMultipartUpload',
    input: z.strictObject({
      ...locationMembers,
      ContentType: z.string().default('application/octet-stream'),
    }),
    needs: (input) => [{ action: 's3:PutObject', resource: computeObjectArn(input) }],
    handle({ Bucket, Key, ContentType }) {
      const bucket = state.findBucket(Bucket);
      assertKeyLength(Key);
      const uploadId = state.createUploadId();
      bucket.uploads.set(uploadId, {
        key: Key,
        contentType: ContentType,
        initiatedMs: state.nowInWholeSecondsMs(),
        parts: new Map(),
      });
      return { Bucket, Key, UploadId: uploadId };
    },
  });
}
