import { z } from 'zod';
import { defineOperation, type Operation } from '../kernel/operation.ts';
import type { S3State } from './create-s3-service.ts';
import { findUpload, uploadMembers } from './find-upload.ts';
import { computeObjectArn } from './object-key.ts';

export function abortMultipartUpload(state: S3State): Operation {
  return defineOperation({
    name: 'AbortMultipartUpload',
    input: z.strictObject(uploadMembers),
    needs: (input) => [{ action: 's3:AbortMultipartUpload', resource: computeObjectArn(input) }],
    handle(input) {
      findUpload(state, input);
      state.findBucket(input.Bucket).uploads.delete(input.UploadId);
      return {};
    },
  });
}
